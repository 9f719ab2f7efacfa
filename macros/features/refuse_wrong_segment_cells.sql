{#- Stops the build when cells of RFM are not named exactly once, with the cells and what to do about them.

    wrong_cells: a query with r_score, f_score, m_score and what is wrong with each such cell, in the order to be told in.
-#}
{% macro refuse_wrong_segment_cells(wrong_cells) -%}
    {%- if execute and flags.WHICH in ('build', 'test') -%}
        {%- set cells = run_query(wrong_cells).rows -%}
        {%- if cells -%}
            {%- set told = [] -%}
            {%- for cell in cells[:5] -%}
                {%- do told.append('r ' ~ cell[0] ~ ', f ' ~ cell[1] ~ ', m ' ~ cell[2] ~ ' ' ~ cell[3]) -%}
            {%- endfor -%}
            {%- do exceptions.raise_compiler_error(
                'The seed rfm_segment_cells must name each of the 125 cells of RFM, three scores from 1 to 5, exactly once. '
                ~ told | join('; ') ~ ('; and ' ~ (cells | length - 5) ~ ' more' if cells | length > 5)
                ~ '. Correct these lines of seeds/rfm_segment_cells.csv and build again.'
            ) -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
