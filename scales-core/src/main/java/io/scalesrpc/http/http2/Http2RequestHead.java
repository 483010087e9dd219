package io.scalesrpc.http.http2;

import java.util.List;
import java.util.Locale;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import io.netty.util.AsciiString;
import io.scalesrpc.http.ScalesHttpRequest;

/**
 * The heads of requests in HTTP/2: names in lower case, and the host beside the path (RFC
 * 9113, 8.3.1). <em>Immutable</em>.
 *
 * @param scheme of all requests on a connection
 */
record Http2RequestHead(AsciiString scheme) {

	private static final AsciiString HTTP = AsciiString.cached("http");

	private static final AsciiString HTTPS = AsciiString.cached("https");

	static Http2RequestHead over(boolean tls) {
		return new Http2RequestHead(tls ? HTTPS : HTTP);
	}

	/**
	 * Makes a head.
	 * @param request whose it is
	 * @param fields all its headers, checked, with one host among them
	 */
	Http2Headers of(ScalesHttpRequest request, List<String> fields) {
		AsciiString[] own = new AsciiString[fields.size() - 2];
		AsciiString authority = AsciiString.EMPTY_STRING;
		int n = 0;
		for (int i = 0; i < fields.size(); i += 2) {
			String name = fields.get(i);
			AsciiString value = new AsciiString(fields.get(i + 1));
			if (name.equalsIgnoreCase("host")) {
				authority = value;
			}
			else {
				own[n++] = new AsciiString(name.toLowerCase(Locale.ROOT));
				own[n++] = value;
			}
		}
		return ReadOnlyHttp2Headers.clientHeaders(false, HttpMethod.valueOf(request.method()).asciiName(),
				new AsciiString(request.path()), this.scheme, authority, own);
	}

}
