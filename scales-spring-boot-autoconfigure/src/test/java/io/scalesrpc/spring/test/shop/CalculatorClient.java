package io.scalesrpc.spring.test.shop;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.test.calculator.Calculator;

/**
 * The service that the application calls. <em>Thread-safe</em>.
 */
@ScalesClient("calculator")
public interface CalculatorClient extends Calculator.Iface {

}
