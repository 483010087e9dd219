package io.scalesrpc.kafka;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.kafka.common.utils.AppInfoParser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows the versions of kafka-clients that may write a record to another topic
 * (KAFKA-19012, CVE-2026-35554): a batch that expires, or loses its broker, while it is
 * sent gives its buffer back too early, and the checksum does not cover the topic.
 * <em>Stateless</em>.
 */
final class KafkaVersions {

	private static final Logger logger = LoggerFactory.getLogger(KafkaVersions.class);

	private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+).*");

	private KafkaVersions() {
	}

	static void warnIfUnsafe(String client) {
		String version = AppInfoParser.getVersion();
		if (!isSafe(version)) {
			logger.warn("[{}] kafka-clients {}: a record may be written to another topic when its batch expires or its"
					+ " broker goes away while it is sent, KAFKA-19012 (expected: 3.9.2, 4.0.2, 4.1.2, 4.2.0 or later)",
					client, version);
		}
	}

	/** Whether a version has the correction, or is none that is known. */
	static boolean isSafe(String version) {
		Matcher numbers = NUMBERS.matcher(version);
		if (!numbers.matches()) {
			return true;
		}
		int major = Integer.parseInt(numbers.group(1));
		int minor = Integer.parseInt(numbers.group(2));
		int patch = Integer.parseInt(numbers.group(3));
		return switch (major * 1000 + minor) {
			case 4001, 4000, 3009 -> patch >= 2;
			default -> major * 1000 + minor > 4001 || major * 1000 + minor < 2008;
		};
	}

}
