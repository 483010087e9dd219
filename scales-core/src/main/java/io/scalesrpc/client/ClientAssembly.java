package io.scalesrpc.client;

record ClientAssembly(String name, MemberSource members, ProtocolChoice protocol, Timeouts timeouts, Wiring wiring) {

	<T> ClientHandle<T> build(Class<T> type) {
		this.members.resolve();
		this.timeouts.check(this.protocol.resolve().bind(type, this.protocol.service()));
		throw new UnsupportedOperationException("not wired yet");
	}

}
