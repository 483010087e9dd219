package io.scalesrpc.protocol;

import java.util.List;

import io.scalesrpc.Internal;
import io.scalesrpc.call.MethodSpec;
import org.jspecify.annotations.Nullable;

/**
 * A method whose elements come in pages, each of them a call of its own: what a
 * {@code Flux} is made of. Implementations are <em>immutable</em>.
 */
@Internal
public interface PagedMethod extends MethodSpec {

	/**
	 * The elements of a page.
	 * @param page what a call returned
	 * @return them; empty if the page has none
	 */
	List<?> elements(Object page);

	/**
	 * What asks for the next page.
	 * @param arguments those of the method, without what belongs to a page
	 * @param page the last one
	 * @return the arguments of the next call; {@code null} if there is no more
	 */
	@Nullable Object @Nullable [] next(@Nullable Object[] arguments, Object page);

}
