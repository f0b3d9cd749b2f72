#pragma once
// Option tables of the sections that belong to the daemon itself.

#include "config/option_table.h"
#include "daemon/settings.h"

namespace steppe {

OptionTable<PollingOptions> schedule_option_table();
OptionTable<PipelineOptions> pipeline_option_table();
OptionTable<ParseLimits> parse_option_table();
OptionTable<FullTextOptions> full_text_option_table();
OptionTable<StoryOptions> story_option_table();
OptionTable<AdoptionOptions> adoption_option_table();
OptionTable<StatusOptions> status_option_table();
OptionTable<LogOptions> log_option_table();

}  // namespace steppe
