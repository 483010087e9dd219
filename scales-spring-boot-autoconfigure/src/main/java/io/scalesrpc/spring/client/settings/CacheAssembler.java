package io.scalesrpc.spring.client.settings;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;

import io.scalesrpc.cache.CacheSettings;
import io.scalesrpc.cache.ResultCache;
import io.scalesrpc.call.Checks;
import io.scalesrpc.spring.ConfiguredSetting;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.SettingLocator;
import io.scalesrpc.spring.cache.SpringResultCache;
import io.scalesrpc.spring.client.support.ResultStores;
import io.scalesrpc.spring.settings.stage.CacheProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;

/**
 * Makes settings of kept results of properties, over the caches of the application.
 * <em>Immutable</em>.
 *
 * @param problems says what is wrong
 * @param beans where the application's CacheManager is
 */
public record CacheAssembler(ClientProblems problems, ListableBeanFactory beans) {

	/** Null if the method keeps nothing. */
	@Nullable public CacheSettings assemble(String client, String method, CacheProperties properties) {
		String prefix = "methods." + method + ".cache.";
		String name = properties.name();
		if (name == null && properties.store() == null) {
			this.problems.locator().ownBelow(client, "methods." + method + ".cache").forEach((own) -> {
				throw withoutName(client, prefix, own);
			});
			return null;
		}
		Duration ttl = properties.ttl();
		if (ttl == null) {
			throw problem(client, prefix + ((properties.store() != null) ? "store" : "name"),
					"ttl: none (expected: how long a result of '" + method + "' is kept)",
					"Set '" + SettingLocator.property(client, prefix + "ttl") + "', for example to 30s.");
		}
		ResultCache cache = (properties.store() != null) ? store(client, prefix, properties.store(), name)
				: SpringResultCache.of(cache(client, prefix, Objects.requireNonNull(name)));
		return Checks.within("methods." + method + ".cache", () -> properties.toSettings(cache, ttl));
	}

	private ResultCache store(String client, String prefix, String store, @Nullable String name) {
		int colon = store.indexOf(':');
		List<ResultStores> all = this.beans.getBeanProvider(ResultStores.class).orderedStream().toList();
		for (ResultStores stores : all) {
			if (colon > 0 && stores.scheme().equals(store.substring(0, colon))) {
				return open(stores, store.substring(colon + 1), name, (ex) -> problem(client, prefix + "store",
						"store: " + store + " (expected: " + ex.getMessage() + ")", stores.remedy()));
			}
		}
		throw problem(client, prefix + "store", "store: " + store + " (expected: redis:<client>)",
				"Name a client of protocol redis, with io.lettuce:lettuce-core on the class path, or use a cache of"
						+ " Spring by '" + SettingLocator.property(client, prefix + "name") + "'.");
	}

	private static ResultCache open(ResultStores stores, String rest, @Nullable String name,
			Function<IllegalArgumentException, ScalesConfigurationException> problem) {
		try {
			return stores.open(rest, (name != null) ? name : "scales");
		}
		catch (IllegalArgumentException ex) {
			throw problem.apply(ex);
		}
	}

	private static ScalesConfigurationException withoutName(String client, String prefix, ConfiguredSetting own) {
		String setting = own.property().substring(own.property().lastIndexOf('.') + 1);
		return new ScalesConfigurationException(client, own,
				setting + ": " + own.value() + " (expected: none without the name of a cache)",
				"Set '" + SettingLocator.property(client, prefix + "name") + "' to the name of a cache, or remove '"
						+ own.property() + "'.",
				null);
	}

	private Cache cache(String client, String prefix, String name) {
		CacheManager manager = manager(client, prefix, name);
		Cache cache = manager.getCache(name);
		if (cache == null) {
			throw problem(client, prefix + "name",
					"name: " + name + " (expected: one of the caches " + new TreeSet<>(manager.getCacheNames()) + ")",
					"Correct the name, or add the cache to the CacheManager: with Spring Boot,"
							+ " 'spring.cache.cache-names' lists its caches.");
		}
		return cache;
	}

	private CacheManager manager(String client, String prefix, String name) {
		CacheManager manager = this.beans.getBeanProvider(CacheManager.class).getIfUnique();
		if (manager != null) {
			return manager;
		}
		String[] found = this.beans.getBeanNamesForType(CacheManager.class);
		if (found.length > 0) {
			throw problem(client, prefix + "name",
					"name: " + name + " (expected: one CacheManager, but there are " + String.join(", ", found) + ")",
					"Mark one of them @Primary.");
		}
		throw problem(client, prefix + "name", "name: " + name + " (expected: a bean of type CacheManager)",
				"Add spring-boot-starter-cache with Caffeine or Redis and @EnableCaching, or define a CacheManager"
						+ " bean, or remove '" + SettingLocator.property(client, prefix + "name") + "'.");
	}

	private ScalesConfigurationException problem(String client, String setting, String reason, String remedy) {
		return new ScalesConfigurationException(client, this.problems.locator().find(client, setting), reason, remedy,
				null);
	}

}
