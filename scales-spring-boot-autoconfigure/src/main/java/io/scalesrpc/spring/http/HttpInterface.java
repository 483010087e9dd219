package io.scalesrpc.spring.http;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.scalesrpc.http.protocol.HttpMethodSpec;
import io.scalesrpc.protocol.MethodShape;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.http.HttpHeaders;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.service.annotation.HttpExchange;

/**
 * An interface whose methods have Spring's HTTP annotations. <em>Immutable</em>.
 *
 * @param type the interface
 */
record HttpInterface(Class<?> type) {

	private static final String FLUX = "reactor.core.publisher.Flux";

	private static final String INPUT_STREAM = "java.io.InputStream";

	private static final String FLOW = "kotlinx.coroutines.flow.Flow";

	private static final List<Class<? extends Annotation>> NAMED = List.of(PathVariable.class, RequestParam.class,
			RequestHeader.class, CookieValue.class, RequestPart.class, RequestAttribute.class);

	private static final Set<String> KEEPABLE = Set.of("GET", "HEAD");

	/** Whether any method is a request. */
	static boolean isOne(Class<?> type) {
		return type.isInterface() && !new HttpInterface(type).requests().isEmpty();
	}

	/** The methods that are requests; default methods may be called, but are none. */
	List<Method> requests() {
		return Arrays.stream(this.type.getMethods())
			.filter((method) -> AnnotatedElementUtils.hasAnnotation(method, HttpExchange.class))
			.toList();
	}

	/** The methods as the core sees them: by their names in Java. */
	List<HttpMethodSpec> specs() {
		return requests().stream().map(this::spec).toList();
	}

	HttpMethodSpec spec(Method method) {
		return new HttpMethodSpec(this.type.getName(), method.getName(), null, isKeepable(method));
	}

	/** What is read as it comes is not there to be kept. */
	private static boolean isKeepable(Method method) {
		HttpExchange annotation = AnnotatedElementUtils.findMergedAnnotation(method, HttpExchange.class);
		return annotation != null && KEEPABLE.contains(annotation.method()) && !isStreamed(method);
	}

	/** The methods that do not wait for their answers, or not for the bodies. */
	SortedSet<String> asynchronous() {
		return names(requests().stream().filter(HttpInterface::isLater));
	}

	/** Whether a method does not wait for its answer, or not for its body. */
	static boolean isLater(Method method) {
		return new MethodShape(method).isLater() || returns(method, FLUX) || returns(method, FLOW);
	}

	/** Kotlin's functions that suspend. */
	SortedSet<String> suspending() {
		return names(requests().stream().filter((method) -> new MethodShape(method).isSuspending()));
	}

	/** Those that return a Flow. */
	SortedSet<String> flows() {
		return names(requests().stream().filter((method) -> returns(method, FLOW)));
	}

	/** The methods whose callers wait on their threads. */
	SortedSet<String> waiting() {
		return names(requests().stream().filter((method) -> !isLater(method)));
	}

	/** The methods some of whose parameters have no names. */
	SortedSet<String> nameless() {
		ParameterNameDiscoverer names = new DefaultParameterNameDiscoverer();
		return names(requests().stream()
			.filter((method) -> names.getParameterNames(method) == null
					&& Arrays.stream(method.getParameters()).anyMatch(HttpInterface::needsName)));
	}

	private static boolean needsName(Parameter parameter) {
		MergedAnnotations annotations = MergedAnnotations.from(parameter);
		return !Map.class.isAssignableFrom(parameter.getType()) && !HttpHeaders.class.equals(parameter.getType())
				&& NAMED.stream()
					.map(annotations::get)
					.anyMatch((annotation) -> annotation.isPresent() && annotation.getString("name").isEmpty());
	}

	/** Whether the body of a method's answer is read as it comes. */
	static boolean isStreamed(Method method) {
		return returns(method, FLUX) || returns(method, FLOW) || returns(method, INPUT_STREAM);
	}

	/** The type itself, or within another: {@code ResponseEntity<InputStream>}. */
	private static boolean returns(Method method, String type) {
		return List.of(method.getGenericReturnType().getTypeName().split("[<>,\\s]+")).contains(type);
	}

	/** The methods that have no body, and are no requests either. */
	SortedSet<String> others() {
		List<Method> requests = requests();
		return names(Arrays.stream(this.type.getMethods())
			.filter((method) -> Modifier.isAbstract(method.getModifiers()) && !requests.contains(method)
					&& ReflectionUtils.findMethod(Object.class, method.getName(), method.getParameterTypes()) == null));
	}

	private static SortedSet<String> names(Stream<Method> methods) {
		return methods.map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
	}

}
