package io.scalesrpc.balancer.picker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

import io.scalesrpc.balancer.ApertureSettings;
import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.node.Node;
import io.scalesrpc.balancer.node.Picker;
import io.scalesrpc.balancer.node.PickerContext;
import io.scalesrpc.call.Call;
import org.jspecify.annotations.Nullable;

/**
 * Picks the better of two random nodes of a window, which is fitted to the load while
 * calls come and go, at most a hundred times a second. <em>Thread-safe</em>: picks read a
 * snapshot; the window is the serial writer's.
 */
final class AperturePicker implements Picker {

	private static final long FITTING_NANOS = Duration.ofMillis(10).toNanos();

	private final TwoChoicesPicker picker;

	private final RandomGenerator random;

	private final Executor writer;

	private final Window window;

	private final LoadMeter meter;

	private final WindowSize size;

	private final Bursts bursts;

	/** When the window was fitted last. */
	private final AtomicLong fitted;

	AperturePicker(PickerContext context) {
		ApertureSettings settings = context.settings().aperture();
		this.random = context.source().random();
		this.writer = context.writer();
		long now = context.source().ticker().nanos();
		this.picker = new TwoChoicesPicker(new TwoChoices(new LatencyCost(), this.random));
		this.window = new Window(this.random, context.activity(), now);
		this.meter = new LoadMeter(settings.band().smoothing(), now);
		this.size = new WindowSize(settings);
		this.bursts = new Bursts(this.random, now);
		this.fitted = new AtomicLong(now);
	}

	@Override
	public void update(List<Node> nodes) {
		int wanted = this.size.after(this.meter.average(), nodes.size());
		this.window.update(nodes, wanted, this.fitted.get());
		this.picker.update(this.window.active());
	}

	@Override
	public void become(BalancerSettings settings) {
		this.meter.become(settings.aperture().band().smoothing());
		this.size.become(settings.aperture());
		this.window.fit(this.size.after(this.meter.average(), this.window.total()), this.fitted.get());
		this.picker.update(this.window.active());
	}

	@Override
	public double averageLoad() {
		return this.meter.average();
	}

	@Override
	public @Nullable Node pick(Call call, long now) {
		fitNowAndThen(now);
		Node together = this.bursts.next(call, now);
		if (together != null) {
			together.acquire(now);
			return together;
		}
		Node node = this.picker.pick(call, now);
		if (node != null) {
			this.bursts.begin(node, now);
		}
		return node;
	}

	@Override
	public void ended(Node node, Call call, long sent, long now) {
		fitNowAndThen(now);
		this.picker.ended(node, call, sent, now);
	}

	private void fitNowAndThen(long now) {
		long last = this.fitted.get();
		if (now - last >= FITTING_NANOS && this.fitted.compareAndSet(last, now)) {
			this.writer.execute(() -> fit(now));
		}
	}

	private void fit(long now) {
		this.meter.read(this.window.load(), now);
		boolean exchanged = this.size.isTimeToExchange(this.random, now) && this.window.exchange();
		int wanted = this.size.after(this.meter.average(), this.window.total());
		if (this.window.fit(wanted, now) || exchanged) {
			this.picker.update(this.window.active());
		}
		this.bursts.fit(this.window.size(), now);
	}

}
