package io.scalesrpc.spring.client.sliced;

import io.scalesrpc.spring.client.EnableScalesClients;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application. <em>Immutable</em>. */
@SpringBootApplication
@EnableScalesClients
public class SlicedApplication {

}
