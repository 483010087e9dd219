package io.scalesrpc.balancer;

/**
 * Makes the picker of one balancer. <em>Immutable</em>.
 */
@FunctionalInterface
interface PickerFactory {

	/**
	 * Makes a picker that has no nodes yet.
	 * @param context what it may use
	 * @return the picker
	 */
	Picker create(PickerContext context);

}
