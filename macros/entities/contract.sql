{#- The columns of an entity and their types, in the contract's order: what a staging model must deliver.

    entity: customers, orders, order_lines, products, reviews or events.
-#}
{% macro contract(entity) -%}
    {%- set entities = {
        'customers': {
            'customer_id': 'varchar', 'signed_up_at': 'timestamp', 'birth_year': 'integer', 'gender': 'varchar',
            'country': 'varchar', 'region': 'varchar', 'marketing_consent': 'boolean',
        },
        'orders': {
            'order_id': 'varchar', 'customer_id': 'varchar', 'ordered_at': 'timestamp', 'order_status': 'varchar',
            'gross_amount': 'decimal(18, 2)', 'discount_amount': 'decimal(18, 2)', 'net_amount': 'decimal(18, 2)',
            'currency': 'varchar',
        },
        'order_lines': {
            'order_id': 'varchar', 'line_number': 'integer', 'product_id': 'varchar', 'quantity': 'double',
            'unit_price': 'decimal(18, 2)', 'line_amount': 'decimal(18, 2)',
        },
        'products': {'product_id': 'varchar', 'product_name': 'varchar', 'category': 'varchar'},
        'reviews': {
            'review_id': 'varchar', 'customer_id': 'varchar', 'product_id': 'varchar', 'order_id': 'varchar',
            'reviewed_at': 'timestamp', 'rating': 'double', 'title': 'varchar', 'body': 'varchar',
        },
        'events': {
            'event_id': 'varchar', 'customer_id': 'varchar', 'occurred_at': 'timestamp', 'event_type': 'varchar',
            'product_id': 'varchar',
        },
    } -%}
    {{ return(entities[entity]) }}
{%- endmacro %}
