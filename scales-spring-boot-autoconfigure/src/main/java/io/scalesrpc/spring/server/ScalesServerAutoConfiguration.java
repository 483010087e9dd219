package io.scalesrpc.spring.server;

import java.util.ArrayList;
import java.util.List;

import io.scalesrpc.server.ServerInterceptor;
import io.scalesrpc.spring.ConfiguredSetting;
import io.scalesrpc.spring.SettingLocator;
import io.scalesrpc.spring.client.ScalesClientsAutoConfiguration;
import io.scalesrpc.spring.metrics.ClientMeters;
import io.scalesrpc.spring.settings.ScalesProperties;
import io.scalesrpc.time.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the server of the application's own services, off unless there is
 * a bean with {@code @ScalesService}. <em>Confined to the thread that starts the
 * application</em>.
 */
@AutoConfiguration(after = ScalesClientsAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "scales.server.enabled", matchIfMissing = true)
public final class ScalesServerAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(ScalesServerAutoConfiguration.class);

	/** Made by Spring. */
	public ScalesServerAutoConfiguration() {
	}

	/**
	 * A setting without effect is told. Without a condition: to ask all beans for an
	 * annotation takes longer.
	 */
	@Bean
	static SmartInitializingSingleton scalesServerSettingsWithoutServices(Environment environment,
			ObjectProvider<ScalesServer> servers) {
		return () -> {
			ConfiguredSetting setting = new SettingLocator(environment).findBelow("scales.server");
			if (setting != null && servers.stream().findAny().isEmpty()) {
				logger.warn("{}: nothing is served (expected: a bean with @ScalesService)", setting.property());
			}
		};
	}

	/**
	 * With something to serve. <em>Confined to the thread that starts the
	 * application</em>.
	 */
	@Configuration(proxyBeanMethods = false)
	@Conditional(OnServiceCondition.class)
	static class WithServices {

		@Bean
		ScalesServer scalesServer(ScalesProperties properties, ConfigurableEnvironment environment,
				ConfigurableListableBeanFactory beans, ClientMeters meters,
				ObjectProvider<ServerInterceptor> interceptors) {
			List<ServerInterceptor> chain = new ArrayList<>();
			chain.add(new CallLog());
			interceptors.orderedStream().forEach(chain::add);
			ServerMeters counting = new ServerMeters(meters.registry(), Ticker.SYSTEM, new InterceptorChain(chain),
					properties.observation().rpcMeters());
			ServerProblems problems = new ServerProblems(new SettingLocator(environment));
			ServerAssembler assembler = new ServerAssembler(properties.server(), properties.transport(), problems,
					beans, environment);
			List<ServedService> services = ServedService.all(beans);
			return new ScalesServer(() -> assembler.assemble(services, counting), counting, properties.server(),
					problems, services, environment);
		}

		@Bean
		ServerAnnouncement scalesServerAnnouncement(ScalesServer server, Environment environment) {
			return new ServerAnnouncement(server, new ServerProblems(new SettingLocator(environment)));
		}

	}

}
