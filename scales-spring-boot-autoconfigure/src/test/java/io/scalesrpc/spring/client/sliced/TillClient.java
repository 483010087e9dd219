package io.scalesrpc.spring.client.sliced;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.test.calculator.Calculator;

/** A client of the application. <em>Thread-safe</em>. */
@ScalesClient("till")
public interface TillClient extends Calculator.Iface {

}
