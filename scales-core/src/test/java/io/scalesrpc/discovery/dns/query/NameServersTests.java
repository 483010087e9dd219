package io.scalesrpc.discovery.dns.query;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.scalesrpc.discovery.dns.NameServer;
import io.scalesrpc.discovery.dns.SharedLoop;
import io.scalesrpc.discovery.dns.query.Entry.Address;
import io.scalesrpc.discovery.dns.query.Entry.Service;
import io.scalesrpc.discovery.dns.query.Reply.Absent;
import io.scalesrpc.discovery.dns.query.Reply.Answer;
import io.scalesrpc.discovery.dns.query.Reply.Silence;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Sockets
public class NameServersTests {

	private static final Duration PATIENT = Duration.ofSeconds(20);

	private static final Duration IMPATIENT = Duration.ofMillis(50);

	private final NameServer server = new NameServer();

	private final NameServer second = new NameServer();

	private final SharedLoop loops = new SharedLoop();

	private final EventLoop loop = this.loops.acquire();

	private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();

	private NameServers nameServers = servers(PATIENT, this.server);

	@AfterEach
	void giveBack() {
		this.loop.execute(this.nameServers::close);
		this.loops.release();
		this.server.close();
		this.second.close();
	}

	@Test
	void addressesComeWithTheirTtl() throws InterruptedException {
		answer(NameServer.a("prices.", 7, "10.0.0.1"), NameServer.a("PRICES.", 9, "10.0.0.2"));
		assertThat(ask("prices.", DnsRecordType.A))
			.isEqualTo(new Answer(List.of(new Address("prices.", 7, "10.0.0.1"), new Address("prices.", 9, "10.0.0.2")),
					List.of(), 7, 0));
		assertThat(this.server.asked).containsExactly("A prices.");
	}

	@Test
	void addressesOfTheSixthVersionAreRead() throws InterruptedException {
		answer(NameServer.a("prices.", 7, "fd00::1"));
		assertThat(((Answer) ask("prices.", DnsRecordType.AAAA)).entries())
			.containsExactly(new Address("prices.", 7, "fd00:0:0:0:0:0:0:1"));
	}

	@Test
	void servicesComeWithWhatIsSentAlong() throws InterruptedException {
		this.server.script = (question, response, tcp) -> {
			response.addRecord(DnsSection.ANSWER, NameServer.srv("_p._tcp.", 7, 1, 2, 9090, "N1.example."));
			response.addRecord(DnsSection.ADDITIONAL, NameServer.a("n1.example.", 3, "10.0.0.1"));
			return true;
		};
		assertThat(ask("_p._tcp.", DnsRecordType.SRV))
			.isEqualTo(new Answer(List.of(new Service("_p._tcp.", 7, 1, 2, 9090, "n1.example.")),
					List.of(new Address("n1.example.", 3, "10.0.0.1")), 7, 0));
	}

	@Test
	void aChainOfAliasesIsFollowedWithinTheAnswer() throws InterruptedException {
		answer(NameServer.a("c.", 3600, "10.0.0.1"), NameServer.cname("a.", 60, "b."), NameServer.cname("b.", 5, "c."));
		assertThat(ask("a.", DnsRecordType.A))
			.isEqualTo(new Answer(List.of(new Address("c.", 3600, "10.0.0.1")), List.of(), 5, 0));
		assertThat(this.server.asked).hasSize(1);
	}

	@Test
	void anAliasThatTheServerLeavesToUsIsAskedFor() throws InterruptedException {
		this.server.script = (question, response, tcp) -> {
			response.setRecursionAvailable(false);
			response.addRecord(DnsSection.ANSWER, question.name().equals("b.") ? NameServer.a("b.", 60, "10.0.0.1")
					: NameServer.cname("a.", 5, "b."));
			return true;
		};
		assertThat(ask("a.", DnsRecordType.A))
			.isEqualTo(new Answer(List.of(new Address("b.", 60, "10.0.0.1")), List.of(), 5, 0));
		assertThat(this.server.asked).containsExactly("A a.", "A b.");
	}

	@Test
	void aliasesWithoutEndAreGivenUp() throws InterruptedException {
		this.server.script = (question, response, tcp) -> {
			response.setRecursionAvailable(false);
			response.addRecord(DnsSection.ANSWER, NameServer.cname(question.name(), 5, "x" + question.name()));
			return true;
		};
		assertThat(ask("a.", DnsRecordType.A)).isInstanceOf(Silence.class);
		assertThat(this.server.asked).hasSize(9);
	}

	@Test
	void aServerThatKnowsNoSuchNameIsBelieved() throws InterruptedException {
		this.nameServers = servers(PATIENT, this.server, this.second);
		this.server.script = (question, response, tcp) -> {
			response.setCode(DnsResponseCode.NXDOMAIN);
			return true;
		};
		assertThat(ask("prices.", DnsRecordType.A))
			.isEqualTo(new Absent("A prices. at " + this.server.authority() + ": no such name"));
		assertThat(this.second.asked).isEmpty();
	}

	@Test
	void anAnswerWithoutRecordsIsAnAbsence() throws InterruptedException {
		answer();
		assertThat(ask("prices.", DnsRecordType.A)).isInstanceOf(Absent.class);
		answer(NameServer.cname("prices.", 60, "gone."));
		assertThat(ask("prices.", DnsRecordType.A)).isInstanceOf(Absent.class);
	}

	@Test
	void aServerThatFailsIsFollowedByTheNext() throws InterruptedException {
		this.nameServers = servers(PATIENT, this.server, this.second);
		fail(this.server);
		this.second.script = (question, response, tcp) -> {
			response.addRecord(DnsSection.ANSWER, NameServer.a("prices.", 60, "10.0.0.1"));
			return true;
		};
		assertThat(ask("prices.", DnsRecordType.A)).isInstanceOf(Answer.class);
	}

	@Test
	void serversThatFailAreAskedTwiceEachAndNoMore() throws InterruptedException {
		this.nameServers = servers(PATIENT, this.server, this.second);
		fail(this.server);
		fail(this.second);
		assertThat(ask("prices.", DnsRecordType.A)).isInstanceOf(Silence.class)
			.extracting(Object::toString)
			.asString()
			.contains("ServFail");
		assertThat(this.server.asked).hasSize(2);
		assertThat(this.second.asked).hasSize(2);
	}

	@Test
	void aServerThatDoesNotKnowEdnsIsAskedWithoutIt() throws InterruptedException {
		this.server.script = (question, response, tcp) -> {
			if (this.server.hasEdns()) {
				response.setCode(DnsResponseCode.FORMERR);
			}
			else {
				response.addRecord(DnsSection.ANSWER, NameServer.a("prices.", 60, "10.0.0.1"));
			}
			return true;
		};
		assertThat(ask("prices.", DnsRecordType.A)).isInstanceOf(Answer.class);
		assertThat(this.server.asked).hasSize(2);
	}

	@Test
	void aServerThatDoesNotAnswerEdnsIsAskedWithoutItTheSecondTime() throws InterruptedException {
		this.nameServers = servers(Duration.ofSeconds(1), this.server);
		this.server.script = (question, response, tcp) -> {
			response.addRecord(DnsSection.ANSWER, NameServer.a("prices.", 60, "10.0.0.1"));
			return !this.server.hasEdns();
		};
		assertThat(ask("prices.", DnsRecordType.A)).isInstanceOf(Answer.class);
	}

	@Test
	void aServerThatNeitherKnowsNorAsksIsFollowedByTheNext() throws InterruptedException {
		this.nameServers = servers(PATIENT, this.server, this.second);
		this.server.script = (question, response, tcp) -> {
			response.setRecursionAvailable(false);
			return true;
		};
		this.second.script = (question, response, tcp) -> {
			response.addRecord(DnsSection.ANSWER, NameServer.a("prices.", 60, "10.0.0.1"));
			return true;
		};
		assertThat(ask("prices.", DnsRecordType.A)).isInstanceOf(Answer.class);
	}

	@Test
	void questionsBeginWithOneServerAfterTheOtherIfTheyShall() throws InterruptedException {
		ResolvConf conf = new ResolvConf(List.of(this.server.address(), this.second.address()), List.of(), 1, PATIENT,
				2, true, true);
		this.nameServers = new NameServers(this.loop, () -> conf, 1);
		for (int i = 0; i < 4; i++) {
			ask("prices.", DnsRecordType.A);
		}
		assertThat(this.server.asked).hasSize(2);
		assertThat(this.second.asked).hasSize(2);
	}

	@Test
	void aServerThatDoesNotAnswerIsAskedOnceMore() throws InterruptedException {
		this.nameServers = servers(IMPATIENT, this.server);
		CountDownLatch twice = new CountDownLatch(2);
		this.server.script = (question, response, tcp) -> {
			twice.countDown();
			return false;
		};
		assertThat(ask("prices.", DnsRecordType.A))
			.isEqualTo(new Silence("A prices. at " + this.server.authority() + ": no answer", false));
		assertThat(twice.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.server.asked).hasSize(2);
	}

	@Test
	void anAnswerThatComesTooLateIsNotTakenForAnother() throws InterruptedException {
		this.nameServers = servers(IMPATIENT, this.server);
		CountDownLatch late = new CountDownLatch(1);
		this.server.script = (question, response, tcp) -> {
			awaitUninterruptibly(late);
			response.addRecord(DnsSection.ANSWER, NameServer.a("prices.", 60, "10.0.0.66"));
			return true;
		};
		assertThat(ask("prices.", DnsRecordType.A)).isInstanceOf(Silence.class);
		late.countDown();
		this.nameServers = servers(PATIENT, this.server);
		answer(NameServer.a("prices.", 60, "10.0.0.1"));
		assertThat(((Answer) ask("prices.", DnsRecordType.A)).entries())
			.containsExactly(new Address("prices.", 60, "10.0.0.1"));
		assertThat(this.replies).isEmpty();
	}

	@Test
	void anAnswerToAnotherQuestionIsNotTaken() throws InterruptedException {
		this.server.noise = (id) -> List.of(forged(id + 1, "prices"), forged(id, "nrices"));
		answer(NameServer.a("prices.", 60, "10.0.0.1"));
		assertThat(((Answer) ask("prices.", DnsRecordType.A)).entries())
			.containsExactly(new Address("prices.", 60, "10.0.0.1"));
	}

	/** A whole answer: header, question, and a record that points back at its name. */
	public static byte[] forged(int id, String name) {
		ByteBuf bytes = Unpooled.buffer().writeShort(id).writeShort(0x8180).writeShort(1).writeShort(1).writeInt(0);
		bytes.writeByte(name.length()).writeCharSequence(name, StandardCharsets.US_ASCII);
		bytes.writeByte(0).writeShort(1).writeShort(1);
		bytes.writeShort(0xc00c).writeShort(1).writeShort(1).writeInt(60).writeShort(4).writeInt(0x0a000042);
		return ByteBufUtil.getBytes(bytes);
	}

	@Test
	void whatDoesNotFitADatagramComesOverTcp() throws InterruptedException {
		this.server.script = (question, response, tcp) -> {
			response.setTruncated(!tcp);
			IntStream.range(0, tcp ? 200 : 3)
				.forEach((i) -> response.addRecord(DnsSection.ANSWER, NameServer.a("prices.", 60, "10.0.1." + i)));
			return true;
		};
		assertThat(((Answer) ask("prices.", DnsRecordType.A)).entries()).hasSize(200);
		assertThat(this.server.asked).containsExactly("A prices.", "TCP A prices.");
	}

	@Test
	void halfAnAnswerIsNone() throws InterruptedException {
		this.server.refuseTcp();
		this.server.script = (question, response, tcp) -> {
			response.setTruncated(true);
			response.addRecord(DnsSection.ANSWER, NameServer.a("prices.", 60, "10.0.0.1"));
			return true;
		};
		assertThat(ask("prices.", DnsRecordType.A)).isInstanceOf(Silence.class)
			.extracting(Object::toString)
			.asString()
			.contains("truncated");
	}

	@Test
	void garbageIsNoAnswer() throws InterruptedException {
		this.server.noise = (id) -> List.of(new byte[0], new byte[] { 1 }, new byte[300],
				new byte[] { 0, 1, -1, -1, -1, -1, 0, 9 });
		answer(NameServer.a("prices.", 60, "10.0.0.1"));
		assertThat(ask("prices.", DnsRecordType.A)).isInstanceOf(Answer.class);
	}

	@Test
	void aRecordThatMakesNoSenseIsLeftOutAndCounted() throws InterruptedException {
		answer(NameServer.raw("prices.", DnsRecordType.A, 60, (byte) 1, (byte) 2, (byte) 3),
				NameServer.a("prices.", 60, "10.0.0.1"));
		assertThat(ask("prices.", DnsRecordType.A))
			.isEqualTo(new Answer(List.of(new Address("prices.", 60, "10.0.0.1")), List.of(), 60, 1));
		answer(NameServer.raw("_p._tcp.", DnsRecordType.SRV, 60, (byte) 0, (byte) 1),
				NameServer.srv("_p._tcp.", 60, 1, 1, 0, "n1."), NameServer.srv("_p._tcp.", 60, 1, 1, 9090, "n1."));
		assertThat(ask("_p._tcp.", DnsRecordType.SRV))
			.isEqualTo(new Answer(List.of(new Service("_p._tcp.", 60, 1, 1, 9090, "n1.")), List.of(), 60, 2));
	}

	@Test
	void anAnswerOfWhichNothingMakesSenseIsNoAbsence() throws InterruptedException {
		answer(NameServer.raw("prices.", DnsRecordType.A, 60, (byte) 1));
		assertThat(ask("prices.", DnsRecordType.A)).isInstanceOf(Silence.class);
	}

	@Test
	void nothingIsToldAfterClosing() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		this.server.script = (question, response, tcp) -> {
			asked.countDown();
			awaitUninterruptibly(go);
			response.setCode(DnsResponseCode.SERVFAIL);
			return true;
		};
		this.loop.execute(() -> this.nameServers.ask("prices.", DnsRecordType.A, this.replies::add));
		assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
		this.loop.submit(this.nameServers::close).sync();
		go.countDown();
		assertThat(this.replies.poll(200, TimeUnit.MILLISECONDS)).isNull();
		assertThat(this.server.asked).hasSize(1);
	}

	private void answer(DnsRawRecord... records) {
		this.server.script = (question, response, tcp) -> {
			Stream.of(records).forEach((entry) -> response.addRecord(DnsSection.ANSWER, entry.copy()));
			return true;
		};
	}

	private static void fail(NameServer server) {
		server.script = (question, response, tcp) -> {
			response.setCode(DnsResponseCode.SERVFAIL);
			return true;
		};
	}

	private NameServers servers(Duration timeout, NameServer... servers) {
		List<InetSocketAddress> addresses = Stream.of(servers).map(NameServer::address).toList();
		ResolvConf conf = new ResolvConf(addresses, List.of(), 1, timeout, 2, false, true);
		return new NameServers(this.loop, () -> conf, 0);
	}

	private Reply ask(String name, DnsRecordType type) throws InterruptedException {
		this.loop.execute(() -> this.nameServers.ask(name, type, this.replies::add));
		return reply();
	}

	private Reply reply() throws InterruptedException {
		Reply reply = this.replies.poll(10, TimeUnit.SECONDS);
		if (reply == null) {
			throw new AssertionError("no reply");
		}
		return reply;
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			latch.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
