package mixed.slices;

import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/** What is kept without JPA. */
@Table("rows")
record Row(@Id Long id, String sku) {
}
