package io.scalesrpc.spring.etcd;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.WatchOption;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.discovery.SourceStatus;
import io.scalesrpc.time.SerialExecutor;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The members below a prefix of etcd, each key holding {@code host:port}: read at the
 * start, after every change that etcd tells, and from time to time, in case a change was
 * missed. A failure changes nothing. <em>Thread-safe</em>: its state is only touched by
 * serial tasks.
 */
final class EtcdServerSet implements ServerSet {

	private static final Duration REFRESH_AFTER_FAILURE = Duration.ofSeconds(1);

	private final ServerSetUri uri;

	private final Client etcd;

	private final Timer timer;

	private final Ticker ticker;

	private final Duration refresh;

	private final SerialExecutor serial = new SerialExecutor(ForkJoinPool.commonPool());

	private final Progress progress = new Progress();

	private volatile Answer answer = new Answer(null, null, 0);

	EtcdServerSet(ServerSetUri uri, Client etcd, Timer timer, Ticker ticker, Duration refresh) {
		this.uri = uri;
		this.etcd = etcd;
		this.timer = timer;
		this.ticker = ticker;
		this.refresh = refresh;
	}

	@Override
	public void watch(Consumer<List<Member>> watcher) {
		this.serial.execute(() -> {
			this.progress.watcher = watcher;
			this.progress.watch = this.etcd.getWatchClient()
				.watch(prefix(), WatchOption.builder().isPrefix(true).build(),
						Watch.listener((change) -> this.serial.execute(this::read)));
			read();
		});
	}

	@Override
	public SourceStatus status() {
		Answer last = this.answer;
		return new SourceStatus((last.at() != null) ? Duration.ofNanos(this.ticker.nanos() - last.at()) : null,
				last.error(), last.bad());
	}

	@Override
	public void close() {
		this.serial.execute(this.progress::stop);
	}

	/** One question at a time; a change meanwhile is asked for after it. */
	private void read() {
		this.progress.again = this.progress.reading;
		if (this.progress.watcher == null || this.progress.reading) {
			return;
		}
		this.progress.reading = true;
		this.etcd.getKVClient()
			.get(prefix(), GetOption.builder().isPrefix(true).build())
			.orTimeout(2, TimeUnit.SECONDS)
			.whenComplete((response, ex) -> this.serial.execute(() -> answered(response, ex)));
	}

	private void answered(@Nullable GetResponse response, @Nullable Throwable ex) {
		this.progress.reading = false;
		Consumer<List<Member>> watcher = this.progress.watcher;
		if (watcher == null) {
			return;
		}
		if (response != null) {
			tell(response, watcher);
		}
		else {
			this.answer = new Answer(this.answer.at(), String.valueOf(ex), this.answer.bad());
		}
		again((response != null) ? this.refresh : REFRESH_AFTER_FAILURE);
	}

	private void tell(GetResponse response, Consumer<List<Member>> watcher) {
		List<String> values = response.getKvs().stream().map(EtcdServerSet::value).toList();
		List<Member> members = values.stream()
			.filter(EtcdServerSet::isGood)
			.map(EtcdServerSet::member)
			.distinct()
			.toList();
		int bad = (int) values.stream().filter((value) -> !isGood(value)).count();
		this.answer = new Answer(this.ticker.nanos(), null, bad);
		if (!members.equals(this.progress.told)) {
			this.progress.told = members;
			watcher.accept(members);
		}
	}

	private void again(Duration wait) {
		this.progress.stopTimer();
		if (this.progress.again) {
			read();
		}
		else {
			this.progress.next = this.timer.schedule(() -> this.serial.execute(this::read), wait.toNanos(),
					TimeUnit.NANOSECONDS);
		}
	}

	private ByteSequence prefix() {
		return ByteSequence.from(this.uri.path(), StandardCharsets.UTF_8);
	}

	private static String value(KeyValue entry) {
		return entry.getValue().toString(StandardCharsets.UTF_8);
	}

	private static boolean isGood(String value) {
		return value.matches("[\\w.-]+:[1-9]\\d{0,4}") && member(value).port() > 0;
	}

	private static Member member(String value) {
		return ServerSetUri.parse("tcp://" + value).members().get(0);
	}

	@Override
	public String toString() {
		return this.uri.toString();
	}

	/**
	 * The last word of etcd. <em>Immutable</em>.
	 *
	 * @param at when it last answered, in nanoseconds
	 * @param error why it does not answer now
	 * @param bad how many entries could not be read
	 */
	private record Answer(@Nullable Long at, @Nullable String error, int bad) {
	}

	/** What goes on. <em>Confined to the set's serial tasks</em>. */
	private static final class Progress {

		private @Nullable Consumer<List<Member>> watcher;

		private @Nullable List<Member> told;

		private Watch.@Nullable Watcher watch;

		private Timer.@Nullable Timeout next;

		private boolean reading;

		private boolean again;

		private void stop() {
			this.watcher = null;
			stopTimer();
			if (this.watch != null) {
				this.watch.close();
			}
		}

		private void stopTimer() {
			if (this.next != null) {
				this.next.cancel();
			}
		}

	}

}
