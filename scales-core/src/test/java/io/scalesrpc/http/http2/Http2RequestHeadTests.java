package io.scalesrpc.http.http2;

import java.util.ArrayList;
import java.util.List;

import io.netty.handler.codec.http2.Http2Headers;
import io.scalesrpc.http.ScalesHttpRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What stands at the head of a request in HTTP/2. */
class Http2RequestHeadTests {

	private static List<String> head(boolean tls, String... fields) {
		Http2Headers head = Http2RequestHead.over(tls).of(ScalesHttpRequest.of("PURGE", "/a?b=c"), List.of(fields));
		List<String> texts = new ArrayList<>();
		head.forEach((field) -> texts.add(field.getKey() + "=" + field.getValue()));
		return texts;
	}

	@Test
	void theHostStandsBesideThePath() {
		assertThat(head(false, "Host", "users:8080")).containsExactly(":method=PURGE", ":path=/a?b=c", ":scheme=http",
				":authority=users:8080");
		assertThat(head(true, "Accept", "*/*", "hOST", "users")).contains(":scheme=https", ":authority=users")
			.doesNotContain("host=users");
	}

	@Test
	void namesAreInLowerCaseAndInTheirOrder() {
		assertThat(head(false, "X-B", "One", "Host", "users", "Cookie", "a=1; b=2", "x-b", "Two", "X-\u00c4", "\u00fc"))
			.endsWith("x-b=One", "cookie=a=1; b=2", "x-b=Two", "x-\u00e4=\u00fc");
	}

}
