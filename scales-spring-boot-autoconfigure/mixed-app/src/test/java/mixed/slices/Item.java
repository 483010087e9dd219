package mixed.slices;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;

/** What is kept. */
@Entity
class Item {

	@Id
	@GeneratedValue
	Long id;

	String sku;

	protected Item() {
	}

	Item(String sku) {
		this.sku = sku;
	}

}
