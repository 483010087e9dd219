package io.scalesrpc.spring.test;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.util.ReflectionUtils;

/**
 * The fields of a test with {@link ScalesStub @ScalesStub}, those of its superclasses and
 * of the classes it is nested in included. <em>Stateless</em>.
 */
final class StubFields {

	private StubFields() {
	}

	static List<Field> of(Class<?> test) {
		List<Field> fields = new ArrayList<>();
		ReflectionUtils.doWithFields(test, fields::add, (field) -> field.isAnnotationPresent(ScalesStub.class));
		if (TestContextAnnotationUtils.searchEnclosingClass(test)) {
			fields.addAll(of(test.getEnclosingClass()));
		}
		return fields;
	}

	/** What the handlers of clients implement, by client. */
	static Map<String, Class<?>> types(Class<?> test) {
		Map<String, Class<?>> types = new TreeMap<>();
		List<String> scripted = new ArrayList<>();
		for (Field field : of(test)) {
			String client = field.getAnnotation(ScalesStub.class).value();
			if (field.getType() == ScriptedServer.class) {
				scripted.add(client);
				continue;
			}
			Class<?> before = types.put(client, field.getType());
			if (before != null) {
				throw new IllegalStateException("@ScalesStub(\"" + client + "\"): on two fields of " + test.getName()
						+ " (expected: one, and one of type ScriptedServer)");
			}
		}
		scripted.removeAll(types.keySet());
		if (!scripted.isEmpty()) {
			throw new IllegalStateException("@ScalesStub(\"" + scripted.get(0) + "\"): a ScriptedServer alone in "
					+ test.getName() + " (expected: another field that says what is answered)");
		}
		return types;
	}

}
