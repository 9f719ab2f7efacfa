-- One row per customer and dimension: the vectors by the dimensions' names, for people and queries.
with customer_vectors as (

    select * from {{ ref('customer_vectors') }}

),

vector_dimensions as (

    select * from {{ ref('vector_dimensions') }}

),

customer_coordinates as (

    select
        customer_vectors.customer_id,
        vector_dimensions.label as dimension,
        vector_dimensions.block,
        {{ element_of('customer_vectors.vector', 'vector_dimensions.position') }} as coordinate
    from customer_vectors
    cross join vector_dimensions
    where vector_dimensions.position is not null

)

select * from customer_coordinates
