package mixed;

import io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker;
import io.scalesrpc.server.ServerProtocol;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.spring.server.ScalesService;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.stereotype.Component;

@SpringBootApplication
@EnableFeignClients
public class Application {

	public static void main(String[] arguments) {
		SpringApplication.run(Application.class, arguments);
	}

	@ScalesService
	@Component
	public static class PriceService implements Prices {

		@Override
		public int price(String sku) {
			return sku.length();
		}

	}

	/** A caller with a breaker of Resilience4j around it. */
	@Component
	public static class Till {

		private final Clients.PricesClient prices;

		Till(Clients.PricesClient prices) {
			this.prices = prices;
		}

		@CircuitBreaker(name = "prices")
		public int price(String sku) {
			return this.prices.price(sku);
		}

	}

	@Configuration(proxyBeanMethods = false)
	public static class Neighbours {

		@Bean(destroyMethod = "close")
		ThriftMuxServer framedServer(@Value("${mixed.framed}") int port) {
			return ThriftMuxServer.builder()
				.protocol(ServerProtocol.THRIFT)
				.port(port)
				.service(Prices.class, new PriceService())
				.build()
				.start();
		}

		@Bean
		SecurityFilterChain security(HttpSecurity http) {
			return http.csrf((csrf) -> csrf.disable())
				.authorizeHttpRequests((requests) -> requests.requestMatchers("/open/**", "/thrift", "/actuator/**")
					.permitAll()
					.anyRequest()
					.authenticated())
				.httpBasic(Customizer.withDefaults())
				.build();
		}

	}

}
