package mixed.slices;

import org.springframework.data.repository.CrudRepository;

/** Where rows are kept. */
interface Rows extends CrudRepository<Row, Long> {

}
