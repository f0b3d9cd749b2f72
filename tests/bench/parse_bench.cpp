// Feed documents to normalised items, beside the XML libraries alone; HTML to text, beside gumbo.
// Prints one line a measurement: NAME TAB FILE TAB megabytes a CPU second TAB items found.

#include <gumbo.h>
#include <libxml/parser.h>
#include <libxml/xmlversion.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "processors/clean/html_to_text.h"
#include "processors/parse/parse.h"

namespace {

namespace fs = std::filesystem;

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// The best of five rounds: what the machine gives when nobody disturbs it.
void measure(const char* name, const std::string& file, std::size_t bytes,
             const std::function<std::size_t()>& run) {
  double best = 0;
  std::size_t items = run();
  for (int round = 0; round < 5; ++round) {
    const double begin = cpu_seconds();
    double spent = 0;
    std::size_t runs = 0;
    do {
      items = run();
      ++runs;
      spent = cpu_seconds() - begin;
    } while (spent < 0.1);
    best = std::max(best, static_cast<double>(runs * bytes) / spent / 1e6);
  }
  std::printf("%s\t%s\t%.3f\t%zu\n", name, file.c_str(), best, items);
  std::fflush(stdout);
}

std::size_t parse_ours(const std::string& bytes) {
  steppe::ParseLimits limits;
  limits.max_items = 100'000;
  const auto feed = steppe::parse_feed(bytes, {.content_type = "application/xml"}, limits);
  return feed ? feed->items.size() : 0;
}

// Without building anything: what the tree alone costs, copy of the body included.
std::size_t parse_pugixml(const std::string& bytes) {
  pugi::xml_document document;
  return document.load_buffer(bytes.data(), bytes.size(), pugi::parse_default) ? 1 : 0;
}

std::size_t parse_libxml2(const std::string& bytes) {
  xmlDoc* document = xmlReadMemory(bytes.data(), static_cast<int>(bytes.size()), "feed.xml",
                                   nullptr, XML_PARSE_NONET | XML_PARSE_HUGE);
  const std::size_t found = document == nullptr ? 0 : 1;
  xmlFreeDoc(document);
  return found;
}

// A walk over gumbo's tree that collects the text nodes.
std::size_t text_by_gumbo(const std::string& html) {
  GumboOutput* output = gumbo_parse_with_options(&kGumboDefaultOptions, html.data(), html.size());
  std::string text;
  std::vector<const GumboNode*> open{output->root};
  while (!open.empty()) {
    const GumboNode* node = open.back();
    open.pop_back();
    if (node->type == GUMBO_NODE_TEXT) text += node->v.text.text;
    if (node->type != GUMBO_NODE_ELEMENT) continue;
    const GumboVector& children = node->v.element.children;
    for (unsigned i = children.length; i > 0; --i)
      open.push_back(static_cast<const GumboNode*>(children.data[i - 1]));
  }
  gumbo_destroy_output(&kGumboDefaultOptions, output);
  return text.size();
}

void measure_feed(const fs::path& path) {
  const std::string bytes = read_file(path);
  const std::string file = path.filename();
  measure("steppewatch", file, bytes.size(), [&] { return parse_ours(bytes); });
  if (path.extension() == ".json") return;
  measure("pugixml", file, bytes.size(), [&] { return parse_pugixml(bytes); });
  measure("libxml2", file, bytes.size(), [&] { return parse_libxml2(bytes); });
}

// Item by item: the HTML bodies of a feed, as the daemon meets them.
void measure_html(const fs::path& path) {
  const std::string bytes = read_file(path);
  const auto feed = steppe::parse_feed(bytes, {}, {});
  if (!feed) return;
  std::size_t size = 0;
  for (const auto& item : feed->items) size += item.content.size();
  measure("html_to_text", path.filename(), size, [&] {
    std::size_t sum = 0;
    for (const auto& item : feed->items)
      sum += steppe::html_to_text(item.content, 256U << 10U).size();
    return sum > 0 ? feed->items.size() : 0;
  });
  measure("gumbo", path.filename(), size, [&] {
    std::size_t sum = 0;
    for (const auto& item : feed->items) sum += text_by_gumbo(item.content);
    return sum > 0 ? feed->items.size() : 0;
  });
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 64;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(argv[1])) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) measure_feed(file);
  for (const fs::path& file : files) {
    if (file.filename().string().find("rss_") == 0) measure_html(file);
  }
  xmlCleanupParser();
  return 0;
}
