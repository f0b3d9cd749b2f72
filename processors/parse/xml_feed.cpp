#include "processors/parse/xml_feed.h"

#include <algorithm>
#include <utility>

#include "processors/clean/html_tokenizer.h"
#include "processors/clean/urls.h"
#include "processors/parse/feed_reader.h"
#include "processors/parse/names.h"
#include "processors/parse/opml.h"
#include "processors/parse/sitemap.h"
#include "processors/parse/xml_root.h"

namespace steppe {
namespace {

FeedReader::Dialect dialect_of(RootKind kind) {
  const bool atom = kind == RootKind::kAtom || kind == RootKind::kAtomEntry;
  return atom ? FeedReader::Dialect::kAtom : FeedReader::Dialect::kRss;
}

std::string atom_version(XmlNode root) {
  for (const XmlAttribute attribute : root.attributes()) {
    const std::string_view value = attribute.value();
    if (value.find("www.w3.org/2005/Atom") != value.npos) return "1.0";
    if (value.find("purl.org/atom/ns") != value.npos) return "0.3";
  }
  return std::string(root.attribute("version").value());
}

std::string rdf_version(XmlNode root) {
  for (const XmlAttribute attribute : root.attributes()) {
    const std::string_view value = attribute.value();
    if (value.find("netscape.com/rdf/simple/0.9") != value.npos) return "0.90";
  }
  return "1.0";
}

// Where relative references start from. Source: RFC 3986 section 5.1.3, RFC 9110 section 8.7.
std::string document_base(const ParseHints& hints) {
  std::string better = absolute_link(hints.base_url, hints.content_location);
  return is_web_url(better) ? better : std::string(hints.base_url);
}

constexpr std::size_t kKeptTextBytes = 512U << 10U;

/// Builds the feed out of one tree.
class FeedBuilder {
 public:
  FeedBuilder(FeedRoot root, DeclaredEntities declared, const ParseHints& hints,
              const ParseLimits& limits)
      : root_(root),
        hints_(hints),
        limits_(limits),
        reader_(root.node, dialect_of(root.kind), std::move(declared), hints, limits) {}

  ParsedFeed build() {
    const Scope outer{document_base(hints_), "", false};
    const Scope scope = reader_.enter(root_.node, outer);
    set_format();
    if (root_.kind == RootKind::kAtomEntry) {
      for (XmlNode node = root_.node; node; node = node.next_sibling()) {
        if (reader_.is_item(node)) add_item(node, reader_.enter(node, scope));
      }
    } else {
      read_channels(scope);
    }
    finish_feed();
    return std::move(feed_);
  }

  bool swallowed() { return reader_.text().swallowed(); }
  void trust_characters() { reader_.text().trust_characters(); }

 private:
  void set_format() {
    ParsedMeta& meta = feed_.meta;
    switch (root_.kind) {
      case RootKind::kRdf:
        meta.format = "rdf";
        meta.version = rdf_version(root_.node);
        break;
      case RootKind::kAtom:
      case RootKind::kAtomEntry:
        meta.format = "atom";
        meta.version = atom_version(root_.node);
        break;
      case RootKind::kChannel: meta.format = is_cdf() ? "cdf" : "rss"; break;
      default: meta.format = "rss"; meta.version = root_.node.attribute("version").value();
    }
  }

  bool is_cdf() const {
    if (root_.node.attribute("href") || root_.node.attribute("HREF")) return true;
    for (const XmlNode child : root_.node) {
      if (equals_ignoring_case(child.name(), "abstract")) return true;
      if (child.attribute("href") || child.attribute("HREF")) return true;
    }
    return false;
  }

  bool is_channel(XmlNode node) const {
    return node.is_element() && name_key(reader_.name_of(node).local) == name_key("channel");
  }

  // Everything but items first: items need the channel's link and language.
  void read_channels(const Scope& scope) {
    const bool own = root_.kind == RootKind::kAtom || root_.kind == RootKind::kChannel;
    bool any = false;
    for (const XmlNode child : root_.node) {
      if (own || !is_channel(child)) continue;
      const Scope inner = reader_.enter(child, scope);
      if (!any) reader_.read(child, inner, channel_);
      if (!any) items_scope_ = item_scope(inner);
      any = true;
    }
    if (!any || root_.kind == RootKind::kRdf) reader_.read(root_.node, scope, channel_);
    if (!any) items_scope_ = item_scope(scope);
    read_items(root_.node);
    read_what_follows();
  }

  // Items behind the end of the root, and further documents.
  void read_what_follows() {
    for (XmlNode node = root_.node.next_sibling(); node; node = node.next_sibling()) {
      if (!node.is_element()) continue;
      const bool outer = is_root(node);
      if (!outer && !reader_.is_item(node)) continue;
      reader_.warn("concatenated");
      if (outer) {
        read_items(node);
      } else if (may_add()) {
        add_item(node, items_scope_);
      }
    }
  }

  bool is_root(XmlNode node) const {
    const auto key = name_key(reader_.name_of(node).local);
    return key == name_key("rss") || key == name_key("rdf") || key == name_key("feed") ||
           key == name_key("channel");
  }

  bool may_add() const {
    return feed_.items.size() < limits_.max_items && !reader_.out_of_elements();
  }

  Scope item_scope(Scope scope) const {
    const bool rss = root_.kind != RootKind::kAtom;
    if (rss && !scope.explicit_base && is_web_url(channel_.item.link))
      scope.base = channel_.item.link;
    scope.language = channel_.item.language;
    return scope;
  }

  void make_room(XmlNode parent) {
    std::size_t children = feed_.items.size();
    for (const XmlNode child : parent) children += child.is_element() ? 1U : 0U;
    if (children > feed_.items.capacity()) {
      feed_.items.reserve(std::min(limits_.max_items, std::max(children, 2 * feed_.items.size())));
    }
  }

  void read_items(XmlNode parent) {
    make_room(parent);
    for (XmlNode child = parent.first_child(); child; child = child.next_sibling()) {
      if (!may_add()) break;
      if (reader_.is_item(child)) {
        FeedReader::changes_scope(child) ? add_item(child, reader_.enter(child, items_scope_))
                                         : add_item(child, items_scope_);
      } else if (is_channel(child) && !is_channel(parent)) {
        read_items(child);
      }
    }
  }

  void add_item(XmlNode node, const Scope& scope) {
    ParsedItem& item = feed_.items.emplace_back();
    Draft draft(item);
    reader_.read(node, scope, draft);
    if (item.link.empty() && item.guid_is_permalink.value_or(false) && is_web_url(item.id)) {
      item.link = item.id;
    }
    if (!draft.image.empty()) item.media.push_back(std::move(draft.image));
    if (feed_.items.size() == limits_.max_items) reader_.warn("item_limit");
  }

  void finish_feed() {
    ParsedItem& channel = channel_.item;
    feed_.title = std::move(channel.title);
    feed_.link = std::move(channel.link);
    feed_.description = std::move(channel.summary);
    feed_.language = std::move(channel.language);
    if (feed_.language.empty()) feed_.language = hints_.content_language;
    feed_.updated = std::move(channel.updated);
    feed_.published = std::move(channel.published);
    feed_.id = std::move(channel.id);
    feed_.ttl = std::move(channel_.ttl);
    feed_.update_period = std::move(channel_.update_period);
    feed_.update_frequency = std::move(channel_.update_frequency);
    feed_.skip_hours = std::move(channel_.skip_hours);
    feed_.skip_days = std::move(channel_.skip_days);
    feed_.previous_page = std::move(channel_.previous_page);
    feed_.generator = std::move(channel_.generator);
    feed_.self = std::move(channel_.self);
    feed_.hub = std::move(channel_.hub);
    feed_.image = std::move(channel_.image);
    feed_.authors = std::move(channel.authors);
    feed_.categories = std::move(channel.categories);
    feed_.base_url = items_scope_.base;
    feed_.meta.warnings = reader_.take_warnings();
  }

  FeedRoot root_;
  const ParseHints& hints_;
  const ParseLimits& limits_;
  FeedReader reader_;
  ParsedItem channel_item_;
  Draft channel_{channel_item_};
  Scope items_scope_;
  ParsedFeed feed_;
};

}  // namespace

XmlAttempt parse_xml_feed(std::string_view text, std::string& working, bool latin1,
                          const ParseHints& hints, const ParseLimits& limits) {
  XmlAttempt attempt;
  DeclaredEntities declared = read_declared_entities(text);
  // The records of the last document serve the next one of this thread, unless it was a large one.
  thread_local XmlTree kept;
  XmlTree own;
  XmlTree& tree = text.size() <= kKeptTextBytes ? kept : own;
  const XmlOutcome outcome = parse_xml(text, working, limits.max_memory_bytes, tree);
  const FeedRoot root = find_feed_root(tree.document());
  attempt.found = root.kind != RootKind::kNone;
  attempt.damaged = outcome == XmlOutcome::kDamaged;
  switch (root.kind) {
    case RootKind::kNone: break;
    case RootKind::kSitemap:
    case RootKind::kSitemapIndex:
      attempt.feed = read_sitemap(root.node, std::move(declared), hints, limits);
      break;
    case RootKind::kOpml:
      attempt.feed = read_opml_as_feed(root.node, std::move(declared), limits);
      break;
    default: {
      FeedBuilder builder(root, std::move(declared), hints, limits);
      if (!latin1) builder.trust_characters();
      attempt.feed = builder.build();
      attempt.damaged = attempt.damaged || builder.swallowed();
    }
  }
  if (outcome == XmlOutcome::kOutOfMemory) {
    attempt.feed.meta.warnings.emplace_back("memory_limit");
  }
  return attempt;
}

}  // namespace steppe
