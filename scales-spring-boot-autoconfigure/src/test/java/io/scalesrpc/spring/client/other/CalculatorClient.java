package io.scalesrpc.spring.client.other;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.test.calculator.Calculator;

/**
 * An interface whose simple name another has, too. <em>Thread-safe</em>.
 */
@ScalesClient("second")
public interface CalculatorClient extends Calculator.Iface {

}
