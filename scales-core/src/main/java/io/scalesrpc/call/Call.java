package io.scalesrpc.call;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to have a method invoked. Reply, failure, timeout and cancel all come
 * through the same door, {@link #end(Outcome)}; the first to come wins and every
 * {@link Observer} is told exactly once. So a stage that must give something back (a tag,
 * a permit, a load count) registers an observer and cannot forget.
 * <p>
 * The state is one word: the list of observers while the call runs, then its outcome. An
 * attempt is itself the observer of the call it is made for. <em>Thread-safe</em>; the
 * context may be changed only by the stage that holds the call on its way down.
 */
public final class Call extends Link {

	private static final Logger logger = LoggerFactory.getLogger(Call.class);

	private static final VarHandle STATE = stateHandle();

	private static final AtomicReferenceFieldUpdater<Call, Object> TARGET = AtomicReferenceFieldUpdater
		.newUpdater(Call.class, Object.class, "target");

	private static final AtomicIntegerFieldUpdater<Call> ATTEMPTS = AtomicIntegerFieldUpdater.newUpdater(Call.class,
			"attempts");

	private static final AtomicLongFieldUpdater<Call> ENDED_NANOS = AtomicLongFieldUpdater.newUpdater(Call.class,
			"endedNanos");

	/**
	 * An attempt that is no longer needed, because another one answered, is a cancelled
	 * one.
	 */
	private static final Outcome SUPERSEDED = Failure.of(FailureKind.CANCELLED, "superseded by another attempt");

	private final MethodSpec method;

	private final @Nullable Object[] arguments;

	private final Deadline deadline;

	private final CallOptions options;

	private final @Nullable Call parent;

	private Context context;

	private @Nullable CallScope scope;

	private volatile @Nullable Object target;

	/**
	 * Counted where a caller waits: in the call that is no attempt of another. An attempt
	 * notes what was counted when it was sent.
	 */
	private volatile int attempts;

	/** Zero until somebody has asked; written by whoever asks first. */
	private volatile long endedNanos;

	/** Written by whoever keeps it, before anybody else has it. */
	private int place;

	/** Told last of all. */
	private @Nullable Observer caller;

	/** Null or a {@link Link} while the call runs, an {@link Outcome} ever after. */
	private volatile @Nullable Object state;

	/**
	 * Creates a call that has not been sent anywhere yet.
	 * @param method what to invoke
	 * @param arguments the arguments in the order of the method's parameters; not copied
	 * @param deadline when it must have ended
	 * @param context what travels with it
	 */
	public Call(MethodSpec method, @Nullable Object[] arguments, Deadline deadline, Context context) {
		this(method, arguments, deadline, context, CallOptions.NONE);
	}

	/**
	 * Creates a call that has not been sent anywhere yet.
	 * @param method what to invoke
	 * @param arguments the arguments in the order of the method's parameters; not copied
	 * @param deadline when it must have ended
	 * @param context what travels with it
	 * @param options what the settings say about calls of the method
	 */
	public Call(MethodSpec method, @Nullable Object[] arguments, Deadline deadline, Context context,
			CallOptions options) {
		this.method = method;
		this.arguments = arguments;
		this.deadline = deadline;
		this.context = context;
		this.options = options;
		this.parent = null;
	}

	/** An attempt: all but the deadline is that of the call. */
	private Call(Call parent, Deadline deadline) {
		this.method = parent.method;
		this.arguments = parent.arguments;
		this.deadline = deadline;
		this.context = parent.context;
		this.scope = parent.scope;
		this.options = parent.options;
		this.parent = parent;
	}

	/**
	 * What to invoke.
	 * @return the method
	 */
	public MethodSpec method() {
		return this.method;
	}

	/**
	 * The arguments in the order of the method's parameters.
	 * @return the array itself, not to be changed
	 */
	public @Nullable Object[] arguments() {
		return this.arguments;
	}

	/**
	 * Whether a failure of this call speaks against the server. One that had less time
	 * than the client gives does not: how long that is, whoever is served decides.
	 * @param failure how the call ended
	 * @return {@code false} also for what is this side's doing
	 */
	public boolean blamesServer(Failure failure) {
		return failure.kind().blamesServer() && !isHurried(failure);
	}

	/**
	 * Whether the call ended since the request being served had less time left than the
	 * client gives.
	 * @param failure how the call ended
	 * @return {@code true} for a timeout by an inherited deadline
	 */
	public boolean isHurried(Failure failure) {
		return failure.kind() == FailureKind.TIMEOUT && this.deadline.inherited();
	}

	/**
	 * When this call must have ended.
	 * @return the deadline
	 */
	public Deadline deadline() {
		return this.deadline;
	}

	/**
	 * When the caller's call must have ended, of which this may be an attempt that has
	 * less time.
	 * @return the deadline of the call that is no attempt of another
	 */
	public Deadline totalDeadline() {
		return root().deadline;
	}

	/**
	 * What travels with the call.
	 * @return the context
	 */
	public Context context() {
		return this.context;
	}

	/**
	 * Replaces what travels with the call. Only for a stage that has not sent the call on
	 * yet.
	 * @param context the new context
	 */
	public void context(Context context) {
		this.context = context;
	}

	/**
	 * What the call takes along from where it was made.
	 * @return the scope, or {@code null} if there is nothing
	 */
	public @Nullable CallScope scope() {
		return this.scope;
	}

	/**
	 * Says what the call takes along. Only for a stage that has not sent the call on yet.
	 * @param scope the scope, or {@code null} for nothing
	 */
	public void scope(@Nullable CallScope scope) {
		this.scope = scope;
	}

	/**
	 * Gives the current thread what the caller's had when the call was made, such as its
	 * MDC, for code of the user; costs nothing if there is nothing to give.
	 * @return to be closed on this thread, when that code has run
	 */
	public CallScope.Restored restore() {
		CallScope own = this.scope;
		return (own != null) ? own.restore() : CallScope.NOTHING;
	}

	/**
	 * Tells whoever keeps a trace of the call that something happened to it.
	 * @param event what happened
	 * @param detail more of it; its text is asked for only if somebody listens
	 */
	public void happened(CallEvent event, Object detail) {
		CallScope own = this.scope;
		if (own != null) {
			own.happened(this, event, detail);
		}
	}

	/**
	 * What the settings say about calls of this method.
	 * @return the options
	 */
	public CallOptions options() {
		return this.options;
	}

	/**
	 * Notes whom the call is sent to, here and in every call this is an attempt of; the
	 * latest note stands. So an attempt is counted, once for every note.
	 * @param target the member; its text names it in errors
	 */
	public void target(Object target) {
		int count = ATTEMPTS.incrementAndGet(root());
		if (this.parent != null) {
			ATTEMPTS.lazySet(this, count);
		}
		for (Call call = this; call != null; call = call.parent) {
			TARGET.lazySet(call, target);
		}
		happened(CallEvent.ATTEMPT, target);
	}

	/**
	 * Whom the call was last sent to.
	 * @return the member, or {@code null} if none was chosen
	 */
	public @Nullable Object target() {
		return this.target;
	}

	/**
	 * Whom the call that this is an attempt of was last sent to, if need be by way of
	 * another attempt: a balancer tries someone else first.
	 * @return the member to avoid, or {@code null}
	 */
	public @Nullable Object avoidedTarget() {
		for (Call call = this.parent; call != null; call = call.parent) {
			if (call.target != null) {
				return call.target;
			}
		}
		return null;
	}

	/**
	 * How often the caller's call was sent to a member, whatever the reason: retried,
	 * hedged or both. Attempts for which no member was chosen do not count.
	 * @return zero or more; the same for a call and all attempts of it
	 */
	public int attempts() {
		return root().attempts;
	}

	/**
	 * Which of the attempts of the caller's call this is, so that a server can tell a
	 * repeated request from a new one.
	 * @return how many others were sent before this one was, or zero if it was not yet
	 */
	public int ordinal() {
		return (this.parent != null) ? Math.max(0, this.attempts - 1) : 0;
	}

	/**
	 * Where the table has it that knows the calls of its client.
	 * @return counted from 1; 0 for a call that is in none, as attempts are
	 */
	public int place() {
		return this.place;
	}

	/**
	 * Says where that table has it. Only for the table.
	 * @param place from 1
	 */
	public void place(int place) {
		this.place = place;
	}

	private Call root() {
		Call root = this;
		for (Call above = this.parent; above != null; above = above.parent) {
			root = above;
		}
		return root;
	}

	/**
	 * Makes a child to be sent in place of this call: it ends when this call ends, but
	 * does not end it. Retrying and hedging decide which child's outcome becomes the
	 * call's.
	 * @param deadline when the attempt must have ended; not later than this call's own
	 * deadline
	 * @return the child
	 */
	public Call attempt(Deadline deadline) {
		return attempt(deadline, null);
	}

	/**
	 * Makes a child to be sent in place of this call.
	 * @param deadline when the attempt must have ended; not later than this call's own
	 * deadline
	 * @param caller told last of all how the attempt ended; {@code null} for nobody
	 * @return the child
	 * @see #attempt(Deadline)
	 */
	public Call attempt(Deadline deadline, @Nullable Observer caller) {
		Call child = new Call(this, this.deadline.earlier(deadline));
		child.caller = caller;
		register(child);
		return child;
	}

	/**
	 * Notes that the time is over of this call or of the one that this is an attempt of.
	 * Who holds it, or an attempt of it, back without having sent it ends it and says
	 * why; else nothing happens. On the timer's thread.
	 */
	public void expired() {
		for (Object link = this.state; link instanceof Link told; link = told.earlier) {
			told.expired(this);
		}
	}

	/** The time of the call is over of which this is an attempt. */
	@Override
	void expired(Call call) {
		expired();
	}

	/** The call of which this is an attempt has ended. */
	@Override
	void told(Call call, Outcome outcome) {
		end(forChild(outcome));
	}

	/**
	 * Says who made the call and is told last. Only for whoever made it, before anybody
	 * else has it, and once.
	 * @param observer whom to tell
	 */
	public void caller(Observer observer) {
		this.caller = observer;
	}

	/**
	 * Registers an observer. It is told when the call ends, after those registered later;
	 * if the call has ended it is told now, on this thread.
	 * @param observer whom to tell
	 */
	public void onOutcome(Observer observer) {
		if (observer instanceof StageObserver ofStage) {
			register(ofStage);
		}
		else {
			register((observer instanceof OwnObserver own) ? own.registeredOnce() : new Registration(observer, null));
		}
	}

	private void register(Link link) {
		Object seen = this.state;
		while (!(seen instanceof Outcome outcome)) {
			link.earlier = (Link) seen;
			Object found = STATE.compareAndExchange(this, seen, link);
			if (found == seen) {
				return;
			}
			seen = found;
		}
		tell(link, outcome);
	}

	private void register(StageObserver observer) {
		Object seen = this.state;
		while (!(seen instanceof Outcome outcome)) {
			Object found = STATE.compareAndExchange(this, seen, observer.link((Link) seen));
			if (found == seen) {
				return;
			}
			seen = found;
		}
		tell(observer, outcome);
	}

	/**
	 * Ends the call, if nobody did so before, and tells every observer on this thread. An
	 * answer that comes too late and {@linkplain StreamingReply lasts} is given up.
	 * @param outcome how it ended
	 * @return whether this ended it
	 */
	public boolean end(Outcome outcome) {
		return end(outcome, 0);
	}

	/**
	 * Ends the call as one of its attempts has ended, and {@linkplain #endedNanos when}
	 * that did.
	 * @param attempt it has ended
	 * @param outcome how
	 * @return whether this ended it
	 */
	public boolean endWith(Call attempt, Outcome outcome) {
		return end(outcome, attempt.endedNanos);
	}

	private boolean end(Outcome outcome, long nanos) {
		Object seen = this.state;
		while (!(seen instanceof Outcome)) {
			Object found = STATE.compareAndExchange(this, seen, outcome);
			if (found == seen) {
				if (nanos != 0) {
					ENDED_NANOS.lazySet(this, nanos);
				}
				for (Link link = (Link) seen; link != null; link = link.earlier) {
					tell(link, outcome);
				}
				if (this.caller != null) {
					tell(this.caller, outcome);
				}
				return true;
			}
			seen = found;
		}
		if (outcome != seen) {
			StreamingReply.giveUp(outcome);
		}
		return false;
	}

	/**
	 * How the call ended.
	 * @return the outcome, or {@code null} while the call runs
	 */
	public @Nullable Outcome outcome() {
		return (this.state instanceof Outcome outcome) ? outcome : null;
	}

	/**
	 * When the call ended. Observers are told one right after the other, so the clock is
	 * read for the first that asks, and they all agree.
	 * @param clock the ticker that all observers of the call have
	 * @return its reading
	 */
	public long endedNanos(LongSupplier clock) {
		long known = this.endedNanos;
		if (known == 0) {
			known = clock.getAsLong();
			ENDED_NANOS.lazySet(this, known);
		}
		return known;
	}

	/**
	 * Whether the call is over.
	 * @return {@code true} once it has an outcome
	 */
	public boolean isEnded() {
		return this.state instanceof Outcome;
	}

	/** A declared exception is an answer too, but no answer of this child's server. */
	private static Outcome forChild(Outcome outcome) {
		return outcome.answered() ? SUPERSEDED : outcome;
	}

	private void tell(Link link, Outcome outcome) {
		try {
			link.told(this, outcome);
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	private void tell(Observer observer, Outcome outcome) {
		try {
			observer.ended(this, outcome);
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	private void failed(Throwable ex) {
		logger.error("[{}] {}.{}: an observer of the outcome failed", this.target, this.method.service(),
				this.method.name(), ex);
	}

	private static VarHandle stateHandle() {
		try {
			return MethodHandles.lookup().findVarHandle(Call.class, "state", Object.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

}
