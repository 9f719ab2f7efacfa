{% macro remember_published_segments(results) -%}{%- endmacro %}
