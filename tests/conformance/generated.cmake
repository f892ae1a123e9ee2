# Random maps with every construct beside and inside every other, checked by the quick readers, and a sample by the slow
# ones; and the order in each output, compared with the order of its map.
set(generated "${CMAKE_CURRENT_BINARY_DIR}/generated")
conformance_test(generated
                 COMMAND python shared/generated.py --vsm $<TARGET_FILE:vsm>
                         --backends "${PROJECT_SOURCE_DIR}/backends/backends.def"
                         --out "${generated}" --some "${generated}-some")
set_tests_properties(conformance.generated PROPERTIES FIXTURES_SETUP conformance_generated TIMEOUT 900 COST 200)
conformance_test(generated.order COMMAND python order/order_check.py check "${generated}")
conformance_test(generated.order.refuses COMMAND python order/order_check.py prove "${generated}")
set(quick
  mermaid gantt workflow-schema gitlab-schema pipeline-shape yaml-values csv json-schema ir-schema metrics-schema)
set(slow workflow cloudformation)
foreach(reader IN LISTS quick)
  conformance_test(generated.${reader} COMMAND python shared/readers.py check ${reader} "${generated}")
endforeach()
foreach(reader IN LISTS slow)
  conformance_test(generated.${reader} COMMAND python shared/readers.py check ${reader} "${generated}-some")
endforeach()
foreach(reader IN LISTS quick slow ITEMS order order.refuses)
  set_tests_properties(conformance.generated.${reader} PROPERTIES
                       FIXTURES_REQUIRED conformance_generated LABELS "conformance;readers" TIMEOUT 900)
endforeach()
