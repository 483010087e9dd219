package io.scalesrpc.demo;

import io.scalesrpc.demo.start.Ports;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * The demo: open http://localhost:8080 after it has started. <em>Stateless</em>.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class DemoApplication {

	/**
	 * Starts the demo.
	 * @param args options of Spring Boot
	 */
	public static void main(String[] args) {
		System.out.println("The demo starts; what it is doing stands below.");
		SpringApplication application = new SpringApplication(DemoApplication.class);
		application.addInitializers(new Ports());
		application.run(args);
	}

}
