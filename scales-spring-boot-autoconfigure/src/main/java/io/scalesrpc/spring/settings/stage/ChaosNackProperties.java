package io.scalesrpc.spring.settings.stage;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Of how many calls it is pretended that a server refused them. <em>Immutable</em>.
 *
 * @param percent Share of the attempts that are refused; 0 to 100, with those that are
 * made to fail at most 100.
 */
public record ChaosNackProperties(@DefaultValue("0") double percent) {

}
