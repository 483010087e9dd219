package io.scalesrpc.spring.kafka;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.scalesrpc.spring.client.ScalesClientFactoryBean;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.TypeReference;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.config.ConstructorArgumentValues.ValueHolder;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Tells an ahead-of-time build of which classes JSON is made by interfaces that send
 * records, and which serializers are made by their names. <em>Thread-safe</em>.
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
		return description.isOne() ? new Hints(description.payloads(), serializers(bean)) : null;
	}

	/** By the settings of its client, as they are when the application is built. */
	private static List<String> serializers(RegisteredBean bean) {
		ValueHolder client = bean.getMergedBeanDefinition()
			.getConstructorArgumentValues()
			.getIndexedArgumentValue(1, String.class);
		Environment environment = bean.getBeanFactory().getBean(Environment.class);
		return Stream
			.of("scales.clients." + ((client != null) ? client.getValue() : "") + ".kafka.", "scales.defaults.kafka.")
			.flatMap((prefix) -> Stream.of(prefix + "key-serializer", prefix + "value-serializer"))
			.map(environment::getProperty)
			.filter(Objects::nonNull)
			.toList();
	}

	/**
	 * The hints of one interface. <em>Immutable</em>.
	 *
	 * @param payloads the types of its payloads
	 * @param serializers the names of classes that make bytes of keys and payloads
	 */
	private record Hints(List<Type> payloads, List<String> serializers) implements BeanRegistrationAotContribution {

		@Override
		public void applyTo(GenerationContext context, BeanRegistrationCode code) {
			new BindingReflectionHintsRegistrar().registerReflectionHints(context.getRuntimeHints().reflection(),
					this.payloads.toArray(Type[]::new));
			this.serializers.forEach((name) -> context.getRuntimeHints()
				.reflection()
				.registerType(TypeReference.of(name), MemberCategory.INVOKE_DECLARED_CONSTRUCTORS));
		}

	}

}
