package io.scalesrpc.spring.app;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.test.calculator.Calculator;

/**
 * The whole service, blocking. <em>Thread-safe</em>.
 */
@ScalesClient("calculator")
public interface CalculatorClient extends Calculator.Iface {

}
