package io.scalesrpc.balancer.node;

/**
 * What happens to nodes that come in and go out of what calls go to. <em>Called by the
 * balancer's serial writer.</em>
 */
public interface NodeActivity {

	/** Calls may go there from now on. */
	void wake(Node node);

	/** No new calls go there; it needs no connection. */
	void rest(Node node);

}
