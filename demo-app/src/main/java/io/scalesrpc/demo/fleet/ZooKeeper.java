package io.scalesrpc.demo.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.curator.test.TestingServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * An embedded ZooKeeper, which remembers what it knew when it is stopped and started. It
 * is there before whoever connects to it is made, and until they are gone.
 * <em>Thread-safe</em>.
 */
@Profile("!shop & !fleet")
@Component
public final class ZooKeeper implements InitializingBean, DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(ZooKeeper.class);

	private final ReentrantLock lock = new ReentrantLock();

	private final FleetProperties properties;

	private @Nullable TestingServer server;

	private volatile boolean running;

	ZooKeeper(FleetProperties properties) {
		this.properties = properties;
	}

	@Override
	public void afterPropertiesSet() {
		run(true);
	}

	/**
	 * Stops or starts it; clients lose their connections, and keep what they know.
	 * @param wanted whether it is to run
	 */
	public void run(boolean wanted) {
		this.lock.lock();
		try {
			if (wanted == this.running) {
				return;
			}
			if (!wanted && this.server != null) {
				this.server.stop();
			}
			else if (this.server != null) {
				this.server.restart();
			}
			else {
				this.server = new TestingServer(this.properties.zookeeperPort(),
						Files.createTempDirectory("shop-zookeeper").toFile(), true);
			}
			this.running = wanted;
			logger.info("ZooKeeper {} on port {}", wanted ? "listens" : "is stopped", this.properties.zookeeperPort());
		}
		catch (Exception ex) {
			throw new IllegalStateException("demo.fleet.zookeeper-port: " + this.properties.zookeeperPort()
					+ " (expected: one on which ZooKeeper can listen)", ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void destroy() {
		this.lock.lock();
		try {
			if (this.server != null) {
				this.server.close();
				FileSystemUtils.deleteRecursively(this.server.getTempDirectory());
			}
			this.server = null;
			this.running = false;
		}
		catch (IOException ex) {
			logger.warn("ZooKeeper did not stop", ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Whether it is not stopped now. */
	public boolean isRunning() {
		return this.running;
	}

}
