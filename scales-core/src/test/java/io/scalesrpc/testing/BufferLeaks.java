package io.scalesrpc.testing;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import io.netty.util.ResourceLeakTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Netty's leak detector reports: buffers that were dropped without being released.
 * Must be installed before the first buffer is made, since Netty asks for its detector
 * once. <em>Thread-safe</em>.
 */
final class BufferLeaks {

	private static final Logger logger = LoggerFactory.getLogger(BufferLeaks.class);

	private static final Duration GC_PATIENCE = Duration.ofSeconds(2);

	private static final Queue<String> reports = new ConcurrentLinkedQueue<>();

	private static volatile boolean tracked;

	private BufferLeaks() {
	}

	static void install() {
		ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
		ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new Factory());
	}

	/**
	 * Collects garbage, if anything was tracked since the last time, and returns what was
	 * reported since then.
	 */
	static List<String> find() {
		if (tracked) {
			// Two rounds: when the second is through, the references that the first
			// cleared are in their queue.
			collect();
			collect();
			ByteBufAllocator.DEFAULT.buffer(1).release();
			tracked = false;
		}
		List<String> found = new ArrayList<>();
		for (String report = reports.poll(); report != null; report = reports.poll()) {
			found.add(report);
		}
		return found;
	}

	private static void collect() {
		ReferenceQueue<Object> queue = new ReferenceQueue<>();
		WeakReference<Object> canary = new WeakReference<>(new Object(), queue);
		System.gc();
		try {
			if (queue.remove(GC_PATIENCE.toMillis()) != canary) {
				throw new IllegalStateException("garbage collection: not seen within " + GC_PATIENCE);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Makes detectors that report here. <em>Immutable</em>. */
	private static final class Factory extends ResourceLeakDetectorFactory {

		@Override
		@Deprecated
		public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval,
				long maxActive) {
			return new Detector<>(resource, samplingInterval);
		}

		@Override
		public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval) {
			return new Detector<>(resource, samplingInterval);
		}

	}

	/**
	 * A detector that notes whether it has anything to detect. <em>Thread-safe</em>.
	 *
	 * @param <T> what is tracked
	 */
	private static final class Detector<T> extends ResourceLeakDetector<T> {

		@SuppressWarnings("deprecation")
		private Detector(Class<?> resource, int samplingInterval) {
			super(resource, samplingInterval);
			setLeakListener((type, records) -> reports.add("unreleased " + type + " " + records));
		}

		@Override
		public ResourceLeakTracker<T> track(T resource) {
			tracked = true;
			return super.track(resource);
		}

		@Override
		public ResourceLeakTracker<T> trackForcibly(T resource) {
			tracked = true;
			return super.trackForcibly(resource);
		}

		@Override
		protected boolean needReport() {
			return true;
		}

		/** The failure of the test tells it all; the log need not. */
		@Override
		protected void reportTracedLeak(String resourceType, String records) {
			logger.debug("{} was not released", resourceType);
		}

		@Override
		protected void reportUntracedLeak(String resourceType) {
			logger.debug("{} was not released", resourceType);
		}

	}

}
