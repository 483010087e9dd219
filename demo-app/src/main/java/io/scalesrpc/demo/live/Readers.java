package io.scalesrpc.demo.live;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.scalesrpc.demo.InOneProcess;
import io.scalesrpc.demo.fleet.Fleet;
import io.scalesrpc.demo.fleet.Side;
import io.scalesrpc.demo.fleet.ZooKeeper;
import io.scalesrpc.spring.endpoint.ScalesEndpoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The pages that are open, each told once a second what became of that second, and at
 * first what became of the last two minutes. <em>Thread-safe</em>.
 */
@InOneProcess
@Component
final class Readers implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(Readers.class);

	private static final int KEPT = 120;

	private final List<SseEmitter> pages = new CopyOnWriteArrayList<>();

	private final ReentrantLock lock = new ReentrantLock();

	private final Deque<Frame> past = new ArrayDeque<>();

	private final Seconds seconds;

	private final Traffic traffic;

	private final Fleet fleet;

	private final ZooKeeper zooKeeper;

	private final ScalesEndpoint actuator;

	private volatile @Nullable ScheduledExecutorService clock;

	private volatile @Nullable String tour;

	private long number;

	Readers(Seconds seconds, Traffic traffic, Fleet fleet, ZooKeeper zooKeeper, ScalesEndpoint actuator) {
		this.seconds = seconds;
		this.traffic = traffic;
		this.fleet = fleet;
		this.zooKeeper = zooKeeper;
		this.actuator = actuator;
	}

	/** Begins to tell a page. */
	SseEmitter read() throws IOException {
		SseEmitter page = new SseEmitter(0L);
		page.onCompletion(() -> this.pages.remove(page));
		this.lock.lock();
		try {
			page.send(SseEmitter.event().name("past").data(List.copyOf(this.past)));
			this.pages.add(page);
		}
		finally {
			this.lock.unlock();
		}
		return page;
	}

	/** What the tour does now; {@code null} when it is over. */
	void tour(@Nullable String now) {
		this.tour = now;
	}

	private void second() {
		try {
			Map<Side, Column> columns = new EnumMap<>(Side.class);
			this.seconds.pass().forEach((side, counts) -> columns.put(side, counts.column()));
			Frame frame = new Frame(this.number++, this.traffic.rate(), this.zooKeeper.isRunning(), this.tour, columns,
					this.fleet.nodes()
						.stream()
						.map((node) -> new Frame.Server(node.name(), node.address(Side.SCALES), node.manner()))
						.toList(),
					this.actuator.client("pricing", false), this.actuator.client("shops", false));
			tell(frame);
		}
		catch (RuntimeException ex) {
			logger.warn("A second that no page is told of", ex);
		}
	}

	private void tell(Frame frame) {
		this.lock.lock();
		try {
			this.past.addLast(frame.past());
			if (this.past.size() > KEPT) {
				this.past.removeFirst();
			}
			for (SseEmitter page : this.pages) {
				try {
					page.send(SseEmitter.event().data(frame));
				}
				catch (IOException | IllegalStateException ex) {
					this.pages.remove(page);
				}
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void start() {
		ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor();
		started.scheduleAtFixedRate(this::second, 1, 1, TimeUnit.SECONDS);
		this.clock = started;
	}

	/** Before the web server waits for them. */
	@Override
	public void stop() {
		ScheduledExecutorService started = this.clock;
		if (started != null) {
			started.shutdownNow();
		}
		this.clock = null;
		this.pages.forEach(SseEmitter::complete);
	}

	@Override
	public boolean isRunning() {
		return this.clock != null;
	}

}
