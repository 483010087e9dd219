package io.scalesrpc.http;

import java.util.concurrent.CompletableFuture;

/**
 * The ready client of HTTP: every method is a call with the path of its request; the
 * members decide where it goes.
 *
 * <pre>{@code
 * ClientHandle<ScalesHttpClient> users = ScalesClients.builder(ScalesHttpClient.class)
 *     .protocol("http")
 *     .uri("tcp://users1:8080,users2:8080")
 *     .build();
 * String user = users.proxy().get("/users/7").text();
 * }</pre>
 *
 * The members are named as for every protocol: {@code tcp://host:port}, {@code dns://},
 * {@code srv://}, {@code zk://}, ...; a path belongs to the request.
 * <p>
 * Answers of the statuses that count as failures (500 to 599 and 429 unless set
 * otherwise) are thrown as {@link io.scalesrpc.call.RemoteCallException} or
 * {@link io.scalesrpc.call.NotSentException}, whose cause is an
 * {@link HttpStatusException} that has the answer; all others are returned, redirects
 * too. An interface of yours may have methods like these, with {@code Mono} in place of
 * the future where Reactor is present. Implementations are <em>thread-safe</em>.
 */
public interface ScalesHttpClient {

	/**
	 * Asks for a resource.
	 * @param path path and query, percent-encoded
	 * @return the answer
	 */
	ScalesHttpResponse get(String path);

	/**
	 * Asks for a resource.
	 * @param path path and query, percent-encoded
	 * @return completes with the answer
	 */
	CompletableFuture<ScalesHttpResponse> getAsync(String path);

	/**
	 * Asks for the headers of a resource.
	 * @param path path and query, percent-encoded
	 * @return the answer, without a body
	 */
	ScalesHttpResponse head(String path);

	/**
	 * Asks for the headers of a resource.
	 * @param path path and query, percent-encoded
	 * @return completes with the answer, without a body
	 */
	CompletableFuture<ScalesHttpResponse> headAsync(String path);

	/**
	 * Asks what can be done with a resource.
	 * @param path path and query, percent-encoded
	 * @return the answer
	 */
	ScalesHttpResponse options(String path);

	/**
	 * Asks what can be done with a resource.
	 * @param path path and query, percent-encoded
	 * @return completes with the answer
	 */
	CompletableFuture<ScalesHttpResponse> optionsAsync(String path);

	/**
	 * Deletes a resource.
	 * @param path path and query, percent-encoded
	 * @return the answer
	 */
	ScalesHttpResponse delete(String path);

	/**
	 * Deletes a resource.
	 * @param path path and query, percent-encoded
	 * @return completes with the answer
	 */
	CompletableFuture<ScalesHttpResponse> deleteAsync(String path);

	/**
	 * Sends a body. Not sent again unless the server did not process it.
	 * @param path path and query, percent-encoded
	 * @param contentType the type of the body, such as {@code application/json}
	 * @param body the bytes
	 * @return the answer
	 */
	ScalesHttpResponse post(String path, String contentType, byte[] body);

	/**
	 * Sends a body. Not sent again unless the server did not process it.
	 * @param path path and query, percent-encoded
	 * @param contentType the type of the body, such as {@code application/json}
	 * @param body the bytes, not to be changed until the call has ended
	 * @return completes with the answer
	 */
	CompletableFuture<ScalesHttpResponse> postAsync(String path, String contentType, byte[] body);

	/**
	 * Puts a body in the place of a resource.
	 * @param path path and query, percent-encoded
	 * @param contentType the type of the body, such as {@code application/json}
	 * @param body the bytes
	 * @return the answer
	 */
	ScalesHttpResponse put(String path, String contentType, byte[] body);

	/**
	 * Puts a body in the place of a resource.
	 * @param path path and query, percent-encoded
	 * @param contentType the type of the body, such as {@code application/json}
	 * @param body the bytes, not to be changed until the call has ended
	 * @return completes with the answer
	 */
	CompletableFuture<ScalesHttpResponse> putAsync(String path, String contentType, byte[] body);

	/**
	 * Changes a resource by a body. Not sent again unless the server did not process it.
	 * @param path path and query, percent-encoded
	 * @param contentType the type of the body, such as {@code application/json}
	 * @param body the bytes
	 * @return the answer
	 */
	ScalesHttpResponse patch(String path, String contentType, byte[] body);

	/**
	 * Changes a resource by a body. Not sent again unless the server did not process it.
	 * @param path path and query, percent-encoded
	 * @param contentType the type of the body, such as {@code application/json}
	 * @param body the bytes, not to be changed until the call has ended
	 * @return completes with the answer
	 */
	CompletableFuture<ScalesHttpResponse> patchAsync(String path, String contentType, byte[] body);

	/**
	 * Sends any request.
	 * @param request the request, with headers of yours
	 * @return the answer; of a request that is {@linkplain ScalesHttpRequest#streamed()
	 * streamed} the head, and a body that must be read or closed
	 */
	ScalesHttpResponse exchange(ScalesHttpRequest request);

	/**
	 * Sends any request.
	 * @param request the request, with headers of yours
	 * @return completes with the answer
	 */
	CompletableFuture<ScalesHttpResponse> exchangeAsync(ScalesHttpRequest request);

}
