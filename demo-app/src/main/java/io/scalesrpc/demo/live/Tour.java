package io.scalesrpc.demo.live;

import java.util.concurrent.Semaphore;

import io.scalesrpc.client.MemberControl;
import io.scalesrpc.client.MemberView;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.demo.InOneProcess;
import io.scalesrpc.demo.fleet.Fleet;
import io.scalesrpc.demo.fleet.Manner;
import io.scalesrpc.demo.fleet.ZooKeeper;
import io.scalesrpc.spring.client.ScalesClientRegistry;

import org.springframework.stereotype.Component;

/**
 * Runs scenarios, one at a time, and counts what both clients made of them.
 * <em>Thread-safe</em>.
 */
@InOneProcess
@Component
final class Tour {

	/** For servers that come back, and clients that notice. */
	private static final int READY_SECONDS = 20;

	/** Counted before and after the trouble. */
	private static final int AROUND_SECONDS = 2;

	private final Semaphore one = new Semaphore(1);

	private final Readers readers;

	private final Seconds seconds;

	private final Traffic traffic;

	private final Fleet fleet;

	private final ZooKeeper zooKeeper;

	private final NaiveClient naive;

	private final ScalesClientRegistry clients;

	Tour(Readers readers, Seconds seconds, Traffic traffic, Fleet fleet, ZooKeeper zooKeeper, NaiveClient naive,
			ScalesClientRegistry clients) {
		this.readers = readers;
		this.seconds = seconds;
		this.traffic = traffic;
		this.fleet = fleet;
		this.zooKeeper = zooKeeper;
		this.naive = naive;
		this.clients = clients;
	}

	/**
	 * Runs one, and waits for its end.
	 * @param scenario what is to go wrong
	 * @param trouble for how many seconds, at least 2
	 * @return both clients, from two seconds before the trouble until two seconds after
	 * @throws IllegalArgumentException if one runs already
	 */
	TourResult run(Scenario scenario, int trouble) throws InterruptedException {
		if (!this.one.tryAcquire()) {
			throw new IllegalArgumentException("tour: on its way (expected: one scenario at a time)");
		}
		try {
			say(scenario, "waits until all servers are well");
			well();
			say(scenario, "all is well");
			this.seconds.await(AROUND_SECONDS);
			say(scenario, "trouble");
			scenario.begin(this.fleet, this.zooKeeper);
			this.seconds.await(trouble / 2);
			scenario.halfway(this.fleet);
			this.seconds.await(trouble - trouble / 2);
			heal();
			say(scenario, "over");
			this.seconds.await(AROUND_SECONDS);
			return new TourResult(scenario, trouble, this.traffic.rate(),
					this.seconds.last(trouble + 2 * AROUND_SECONDS));
		}
		finally {
			heal();
			this.readers.tour(null);
			this.one.release();
		}
	}

	private void say(Scenario scenario, String now) {
		this.readers.tour(scenario.title() + ": " + now);
	}

	private void heal() {
		this.zooKeeper.run(true);
		this.fleet.all(Manner.WELL);
	}

	/** The scenarios before leave nothing behind, in neither client. */
	private void well() throws InterruptedException {
		heal();
		this.naive.restart();
		ClientHandle<?> client = this.clients.client("pricing");
		MemberControl members = client.members();
		for (int i = 0; i < READY_SECONDS; i++) {
			this.seconds.await(1);
			client.view().members().forEach((member) -> members.restore(member.address(), "the tour"));
			if (client.view().members().size() == this.fleet.nodes().size()
					&& client.view().members().stream().allMatch(Tour::isOpen)) {
				return;
			}
		}
	}

	private static boolean isOpen(MemberView member) {
		return member.state() == SinkState.OPEN && member.problem().isEmpty();
	}

}
