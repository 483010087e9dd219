package io.scalesrpc.spring.test.shop;

import io.scalesrpc.call.CallTimeoutException;
import io.scalesrpc.test.calculator.DivisionByZero;
import org.apache.thrift.TException;

import org.springframework.stereotype.Service;

/**
 * What the application does with the service. <em>Thread-safe</em>.
 */
@Service
public class PriceService {

	private final CalculatorClient calculator;

	/**
	 * Makes the service.
	 * @param calculator divides
	 */
	public PriceService(CalculatorClient calculator) {
		this.calculator = calculator;
	}

	/**
	 * The price of one piece.
	 * @param price of all pieces
	 * @param pieces how many there are
	 * @return words
	 */
	public String perPiece(int price, int pieces) {
		try {
			return this.calculator.divide(price, pieces) + " each";
		}
		catch (DivisionByZero ex) {
			return "sold out";
		}
		catch (CallTimeoutException ex) {
			return "ask again";
		}
		catch (TException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
