package io.scalesrpc.balancer.picker;

import io.scalesrpc.balancer.node.Picker;
import io.scalesrpc.balancer.node.PickerContext;

/**
 * Makes the picker that a balancer's type stands for. <em>Not instantiable</em>.
 */
public final class Pickers {

	private Pickers() {
	}

	/**
	 * Makes a picker that has no nodes yet.
	 * @param context what it may use; its settings say the type
	 * @return the picker
	 */
	public static Picker of(PickerContext context) {
		return switch (context.settings().type()) {
			case APERTURE -> new AperturePicker(context);
			case DETERMINISTIC_APERTURE -> new RingPicker(context);
			case P2C -> new TwoChoicesPicker(new TwoChoices(new LoadCost(), context.source().random()));
			case P2C_EWMA -> new TwoChoicesPicker(new TwoChoices(new PeakEwmaCost(), context.source().random()));
			case HEAP -> new HeapPicker(context.source().random());
			case ROUND_ROBIN -> new RoundRobinPicker(RoundRobinOrder.EQUAL, context.source().random());
			case WEIGHTED_ROUND_ROBIN -> new RoundRobinPicker(RoundRobinOrder.BY_WEIGHT, context.source().random());
			case LEAST_CONNECTIONS -> new HeapPicker(context.source().random());
			case HASH -> new HashPicker(context);
		};
	}

}
