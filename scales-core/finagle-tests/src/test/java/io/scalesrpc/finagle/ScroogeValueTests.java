package io.scalesrpc.finagle;

import io.scalesrpc.test.values.ValueService;
import io.scalesrpc.thrift.connection.ValueContract;

/**
 * Our client with the classes that Scrooge generates for Java, to the servers of others.
 */
class ScroogeValueTests extends ValueContract {

	ScroogeValueTests() throws Exception {
		super(ScroogeClasses.of(ValueService.class.getName()));
	}

}
