package io.scalesrpc.spring.endpoint;

import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.audit.AuditEvent;

/**
 * What somebody wants to change. <em>Immutable</em>.
 *
 * @param by who wants it, if known
 * @param type the type of the audit event
 * @param client the client
 * @param subject what of it
 * @param value what it is to be
 * @param duration for how long, if that was said
 */
record Change(@Nullable Principal by, String type, String client, String subject, String value,
		@Nullable String duration) {

	/**
	 * What is kept of it.
	 * @param refusal why it was not done; null if it was
	 */
	AuditEvent event(@Nullable String refusal) {
		Map<String, Object> data = new LinkedHashMap<>();
		data.put("client", this.client);
		data.put("subject", this.subject);
		data.put("value", this.value);
		if (this.duration != null) {
			data.put("duration", this.duration);
		}
		data.put("outcome", (refusal != null) ? "refused" : "done");
		if (refusal != null) {
			data.put("reason", refusal);
		}
		return new AuditEvent((this.by != null) ? this.by.getName() : "unknown", this.type, data);
	}

}
