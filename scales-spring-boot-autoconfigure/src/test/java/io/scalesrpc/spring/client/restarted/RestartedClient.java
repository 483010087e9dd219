package io.scalesrpc.spring.client.restarted;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.test.calculator.Calculator;

/** A client of an application that is restarted. */
@ScalesClient(value = "calculator", service = Calculator.class)
public interface RestartedClient {

	/**
	 * Divides.
	 * @param dividend what is divided
	 * @param divisor by what
	 * @return the quotient
	 */
	int divide(int dividend, int divisor);

}
