package mixed.slices;

import java.util.Optional;

import org.springframework.data.jpa.repository.JpaRepository;

/** Where items are kept. */
interface Items extends JpaRepository<Item, Long> {

	Optional<Item> findBySku(String sku);

}
