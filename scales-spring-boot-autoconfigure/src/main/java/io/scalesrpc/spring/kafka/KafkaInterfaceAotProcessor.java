package io.scalesrpc.spring.kafka;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

import io.scalesrpc.kafka.TlsEngines;
import io.scalesrpc.spring.client.ScalesClientFactoryBean;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.util.ClassUtils;

/**
 * Tells an ahead-of-time build of which classes JSON is made by interfaces that send
 * records, and what the producer makes by its name. <em>Thread-safe</em>.
 */
final class KafkaInterfaceAotProcessor implements BeanRegistrationAotProcessor {

	/** Named by a file that is read where either may be missing. */
	private static final boolean HAS_BOTH = isPresent("org.apache.kafka.clients.producer.RecordMetadata")
			&& isPresent("org.springframework.messaging.handler.annotation.SendTo");

	private static boolean isPresent(String name) {
		return ClassUtils.isPresent(name, KafkaInterfaceAotProcessor.class.getClassLoader());
	}

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
		if (!HAS_BOTH || !ScalesClientFactoryBean.class.equals(bean.getBeanClass())) {
			return null;
		}
		Class<?> type = bean.getMergedBeanDefinition().getResolvableType().getGeneric(0).resolve();
		if (type == null) {
			return null;
		}
		SendingInterface description = new SendingInterface(type, Map.of(), (text) -> text);
		return description.isOne() ? new Hints(description.payloads()) : null;
	}

	/**
	 * The hints of one interface. <em>Immutable</em>.
	 *
	 * @param payloads the types of its payloads
	 */
	private record Hints(List<Type> payloads) implements BeanRegistrationAotContribution {

		@Override
		public void applyTo(GenerationContext context, BeanRegistrationCode code) {
			new BindingReflectionHintsRegistrar().registerReflectionHints(context.getRuntimeHints().reflection(),
					this.payloads.toArray(Type[]::new));
			context.getRuntimeHints()
				.reflection()
				.registerType(TlsEngines.class, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
		}

	}

}
