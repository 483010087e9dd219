package mixed;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TMessageType;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;
import org.apache.thrift.transport.TIOStreamTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/** What the clients call over HTTP, and the page that calls them all. */
@RestController
public class Pages {

	private static final Logger logger = LoggerFactory.getLogger(Pages.class);

	private final CountDownLatch stopping = new CountDownLatch(1);

	private final Application.Till till;

	private final Clients.LaterPrices later;

	private final Clients.FramedPrices framed;

	private final Clients.PipelinedPrices pipelined;

	private final Clients.HttpPrices http;

	private final Clients.Users users;

	private final Clients.UsersOverHttp2 usersOverHttp2;

	private final Clients.Events events;

	private final Clients.Carts carts;

	private final Clients.FeignUsers feign;

	private final RestClient rest;

	Pages(Application.Till till, Clients.LaterPrices later, Clients.FramedPrices framed,
			Clients.PipelinedPrices pipelined, Clients.HttpPrices http, Clients.Users users, Clients.UsersOverHttp2 usersOverHttp2, Clients.Events events, Clients.Carts carts,
			Clients.FeignUsers feign, RestClient.Builder rest, @Value("${mixed.web}") int port) {
		this.till = till;
		this.later = later;
		this.framed = framed;
		this.pipelined = pipelined;
		this.http = http;
		this.users = users;
		this.usersOverHttp2 = usersOverHttp2;
		this.events = events;
		this.carts = carts;
		this.feign = feign;
		this.rest = rest.baseUrl("http://localhost:" + port).build();
	}

	/** Calls everybody. */
	@GetMapping("/check")
	Map<String, Object> check() {
		Map<String, Object> results = new TreeMap<>();
		put(results, "caller", Pages::caller);
		put(results, "caller-later", () -> this.later.price("anvil").thenApply((price) -> caller()).get());
		put(results, "carts", () -> {
			this.carts.set("cart", "anvil");
			return this.carts.get("cart");
		});
		put(results, "events", () -> this.events.ordered("anvil").topic());
		put(results, "feign", () -> this.feign.user("ada"));
		put(results, "prices", () -> this.till.price("anvil"));
		put(results, "prices-framed", () -> this.framed.price("anvil"));
		put(results, "prices-http", () -> this.http.price("anvil"));
		put(results, "prices-later", () -> this.later.price("anvil").get());
		put(results, "prices-pipelined", () -> this.pipelined.price("anvil"));
		put(results, "receipt", () -> this.users.order(new Clients.Order("anvil", 2)).getText());
		put(results, "rest", () -> this.rest.get().uri("/open/ada").retrieve().body(String.class));
		put(results, "thread", () -> Thread.currentThread().toString().startsWith("VirtualThread"));
		put(results, "users", () -> this.users.user("ada"));
		put(results, "users-h2", () -> this.usersOverHttp2.user("ada"));
		return results;
	}

	/** The application is about to stop, its web server first. */
	@EventListener
	void stopping(ContextClosedEvent event) {
		this.stopping.countDown();
	}

	private static String caller() {
		return SecurityContextHolder.getContext().getAuthentication().getName();
	}

	private static void put(Map<String, Object> results, String name, Callable<Object> call) {
		try {
			results.put(name, call.call());
		}
		catch (Exception ex) {
			results.put(name, ex.toString());
		}
	}

	/** Still running when the application is told to stop: its call is made then. */
	@GetMapping("/open/late")
	String late() throws InterruptedException {
		logger.info("a late request");
		this.stopping.await();
		Thread.sleep(500);
		this.carts.set("late", "served");
		return this.carts.get("late");
	}

	@GetMapping("/open/{name}")
	String open(@PathVariable("name") String name) {
		return "user " + name;
	}

	@PostMapping("/open/orders")
	Clients.Receipt order(@RequestBody Clients.Order order) {
		return new Clients.Receipt(order.getPieces() + " " + order.getSku());
	}

	/** As a servlet of libthrift would answer. */
	@PostMapping("/thrift")
	byte[] thrift(@RequestBody byte[] request) throws TException {
		TBinaryProtocol in = new TBinaryProtocol(new TIOStreamTransport(new ByteArrayInputStream(request)));
		TMessage message = in.readMessageBegin();
		in.readStructBegin();
		in.readFieldBegin();
		String sku = in.readString();
		ByteArrayOutputStream answer = new ByteArrayOutputStream();
		TBinaryProtocol out = new TBinaryProtocol(new TIOStreamTransport(answer));
		out.writeMessageBegin(new TMessage(message.name, TMessageType.REPLY, message.seqid));
		out.writeStructBegin(new TStruct("price_result"));
		out.writeFieldBegin(new TField("success", TType.I32, (short) 0));
		out.writeI32(sku.length());
		out.writeFieldEnd();
		out.writeFieldStop();
		out.writeStructEnd();
		out.writeMessageEnd();
		return answer.toByteArray();
	}

}
