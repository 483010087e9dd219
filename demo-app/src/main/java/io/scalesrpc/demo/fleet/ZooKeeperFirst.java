package io.scalesrpc.demo.fleet;

import org.apache.curator.framework.CuratorFramework;

import org.springframework.boot.autoconfigure.AbstractDependsOnBeanFactoryPostProcessor;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Has Spring Cloud connect when there is somebody to connect to. <em>Confined to the
 * thread that starts the application</em>.
 */
@Component
@Profile("!shop & !fleet")
final class ZooKeeperFirst extends AbstractDependsOnBeanFactoryPostProcessor {

	ZooKeeperFirst() {
		super(CuratorFramework.class, ZooKeeper.class);
	}

}
