package io.scalesrpc.http.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.scalesrpc.http.HttpFields;
import io.scalesrpc.http.ScalesHttpResponse;
import io.scalesrpc.http.body.ContentEncoding;

/**
 * The head of an answer as its reader sees it: the headers that the server sent, less
 * those that say how the body came and no longer hold of the body that is handed on.
 * <em>Immutable</em>.
 *
 * @param status the status, 100 to 999
 * @param reason the words beside it
 * @param fields the headers
 * @param contentEncoding how the body is to be unpacked
 * @param length how many bytes of body are to come, packed or not; -1 if the head does
 * not say it, or there is none to come
 * @param keepsAlive whether another answer may follow on the connection
 */
public record ResponseHead(int status, String reason, HttpFields fields, ContentEncoding contentEncoding, long length,
		boolean keepsAlive) {

	private static final String CONTENT_LENGTH = "content-length";

	private static final String CONTENT_ENCODING = "content-encoding";

	private static final String TRANSFER_ENCODING = "transfer-encoding";

	private static final int MIN_STATUS = 100;

	private static final int MAX_STATUS = 999;

	/**
	 * Reads a head of HTTP/1.1.
	 * @param head the head of an answer that is not interim
	 * @param answersHead whether it is the answer to a HEAD, which has no body
	 * @param unpacks whether compressed content is unpacked
	 * @return the head
	 * @throws IllegalArgumentException if it makes no sense
	 */
	public static ResponseHead of(HttpResponse head, boolean answersHead, boolean unpacks) {
		return of(head.status(), fields(head.headers()), HttpUtil.isKeepAlive(head), answersHead, unpacks);
	}

	/**
	 * Reads a head.
	 * @param status the status of an answer that is not interim
	 * @param sent the headers
	 * @param keepsAlive whether another answer may follow on the connection
	 * @param answersHead whether it is the answer to a HEAD, which has no body
	 * @param unpacks whether compressed content is unpacked
	 * @return the head
	 * @throws IllegalArgumentException if it makes no sense
	 */
	public static ResponseHead of(HttpResponseStatus status, HttpFields sent, boolean keepsAlive, boolean answersHead,
			boolean unpacks) {
		ContentEncoding contentEncoding = ContentEncoding.NONE;
		boolean packedContent = false;
		long length = -1;
		if (!answersHead && !hasNoBody(status.code())) {
			String announced = sent.first(CONTENT_LENGTH);
			length = (announced != null) ? Long.parseLong(announced) : -1;
			contentEncoding = transferPacking(sent);
			if (contentEncoding == ContentEncoding.NONE && unpacks) {
				contentEncoding = ContentEncoding.of(sent.first(CONTENT_ENCODING));
				packedContent = contentEncoding != ContentEncoding.NONE;
			}
		}
		return new ResponseHead(status.code(), status.reasonPhrase(), handedOn(sent, packedContent), contentEncoding,
				length, keepsAlive);
	}

	/** Refuses what is no status of HTTP (RFC 9110, 15), though it is a number. */
	public static void requireStatus(int status) {
		if (status < MIN_STATUS || status > MAX_STATUS) {
			throw new IllegalArgumentException(
					"status " + status + " (expected: " + MIN_STATUS + " to " + MAX_STATUS + ")");
		}
	}

	/** A 304 has the length of what it does not send. */
	private static boolean hasNoBody(int status) {
		return status == 204 || status == 304;
	}

	/** We ask for no transfer coding but chunked, and nobody above could read one. */
	private static ContentEncoding transferPacking(HttpFields sent) {
		ContentEncoding contentEncoding = ContentEncoding.NONE;
		for (int i = 0; i < sent.size(); i++) {
			if (sent.name(i).equalsIgnoreCase(TRANSFER_ENCODING)) {
				contentEncoding = transferPacking(sent.value(i), contentEncoding);
			}
		}
		return contentEncoding;
	}

	private static ContentEncoding transferPacking(String values, ContentEncoding before) {
		ContentEncoding contentEncoding = before;
		for (String value : values.split(",")) {
			String coding = value.trim();
			boolean plain = coding.isEmpty() || coding.equalsIgnoreCase("chunked")
					|| coding.equalsIgnoreCase("identity");
			ContentEncoding known = ContentEncoding.of(coding);
			if (!plain && (known == ContentEncoding.NONE || contentEncoding != ContentEncoding.NONE)) {
				throw new IllegalArgumentException(
						"Transfer-Encoding: " + values + " (expected: chunked, at most with one of gzip, deflate)");
			}
			contentEncoding = plain ? contentEncoding : known;
		}
		return contentEncoding;
	}

	/** The fields of a head or of trailers of HTTP/1.1, as they were sent. */
	public static HttpFields fields(HttpHeaders headers) {
		if (headers.isEmpty()) {
			return HttpFields.empty();
		}
		String[] all = new String[2 * headers.size()];
		int i = 0;
		for (var it = headers.iteratorCharSequence(); it.hasNext();) {
			Map.Entry<CharSequence, CharSequence> field = it.next();
			all[i++] = field.getKey().toString();
			all[i++] = field.getValue().toString();
		}
		return new HttpFields(all);
	}

	/** As a rule all: then nothing is copied. */
	private static HttpFields handedOn(HttpFields sent, boolean unpacked) {
		for (int i = 0; i < sent.size(); i++) {
			if (isGone(sent.name(i), unpacked)) {
				return less(sent, unpacked);
			}
		}
		return sent;
	}

	private static HttpFields less(HttpFields sent, boolean unpacked) {
		List<String> rest = new ArrayList<>(2 * sent.size());
		sent.forEach((name, value) -> {
			if (!isGone(name, unpacked)) {
				rest.add(name);
				rest.add(value);
			}
		});
		return new HttpFields(rest.toArray(String[]::new));
	}

	private static boolean isGone(String name, boolean unpacked) {
		return name.equalsIgnoreCase(TRANSFER_ENCODING)
				|| (unpacked && (name.equalsIgnoreCase(CONTENT_ENCODING) || name.equalsIgnoreCase(CONTENT_LENGTH)));
	}

	/** The answer with this head. */
	ScalesHttpResponse with(byte[] body, HttpFields trailers) {
		return new ScalesHttpResponse(this.status, this.reason, this.fields, body, trailers);
	}

}
