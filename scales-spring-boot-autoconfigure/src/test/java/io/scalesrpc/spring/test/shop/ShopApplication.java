package io.scalesrpc.spring.test.shop;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The application. <em>Immutable</em>.
 */
@SpringBootApplication
public class ShopApplication {

}
