#pragma once
// Reads the elements of a channel, feed, item or entry into a Draft, whatever vocabulary each one
// belongs to.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "processors/parse/draft.h"
#include "processors/parse/namespaces.h"
#include "processors/parse/parse.h"
#include "processors/parse/xml_text.h"
#include "processors/parse/xml_tree.h"

namespace steppe {

/// What a relative reference is resolved against, and the language, at one place of the document.
struct Scope {
  std::string base;
  std::string language;
  bool explicit_base = false;  // by an xml:base inside the feed
};

/// One document. One thread at a time.
class FeedReader {
 public:
  enum class Dialect { kRss, kAtom, kCdf };

  FeedReader(XmlNode root, Dialect dialect, DeclaredEntities declared, const ParseHints& hints,
             const ParseLimits& limits);

  /// Reads the children of `parent`, items left out.
  void read(XmlNode parent, const Scope& scope, Draft& draft);

  /// True when `node` sets a base or a language of its own.
  static bool changes_scope(XmlNode node);

  /// `scope` with the xml:base and xml:lang of `node` applied.
  Scope enter(XmlNode node, const Scope& scope);

  QName name_of(XmlNode node) const { return names_.element(node); }
  bool is_item(XmlNode node) const;
  XmlText& text() { return text_; }
  std::string timezone() const { return std::string(hints_.timezone); }

  void warn(std::string_view name);
  std::vector<std::string> take_warnings();
  bool out_of_elements() const { return elements_ >= limits_.max_elements; }

 private:
  struct Place {  // one element being read
    XmlNode node;
    const Scope& scope;
    Draft& draft;
  };

  static bool is_item_name(Ns ns, std::uint64_t key);
  void read_element(Ns ns, std::uint64_t key, const Place& place);
  void read_attributes(const Place& place);
  void finish(const Scope& scope, Draft& draft);

  // rss.cpp
  void rss(std::uint64_t key, const Place& place);
  void rss_description(const Place& place);
  void rss_link(const Place& place);
  void rss_source(const Place& place);
  void rss_image(const Place& place);
  void skipped(const Place& place, std::vector<std::string>& list);
  void add_person(const Place& place, Rank rank, std::string_view text);

  // atom.cpp
  void atom(std::uint64_t key, const Place& place, Rank rank);
  std::string atom_id(const Place& place);
  void atom_link(const Place& place, Rank rank);
  void atom_person(const Place& place);
  void atom_category(const Place& place);
  void atom_source(const Place& place);
  TextKind atom_kind(XmlNode node, std::string& decoded);
  std::string atom_html(XmlNode node);
  std::string atom_line(XmlNode node);

  // modules.cpp
  void dublin_core(std::uint64_t key, const Place& place);
  void dublin_core_terms(std::uint64_t key, const Place& place);
  void content(std::uint64_t key, const Place& place);
  void media(std::uint64_t key, const Place& place);
  void itunes(std::uint64_t key, const Place& place);
  void geo(Ns ns, std::uint64_t key, const Place& place);
  void geo_pair(const Place& place, std::string_view text);
  void feedburner(std::uint64_t key, const Place& place);
  void syndication(std::uint64_t key, const Place& place);

  void summary(const Place& place, Rank rank, TextKind kind);
  void body(const Place& place, Rank rank, std::string html);
  void date(const Place& place, Slot slot, Rank rank, std::string_view text = {});
  void category(const Place& place, std::string_view text);
  void categories(const Place& place, std::string_view list);
  void enclosure(const Place& place, Enclosure enclosure);
  static std::string link_at(const Scope& scope, std::string_view reference);

  NamespaceResolver names_;
  Dialect dialect_;
  XmlText text_;
  ParseHints hints_;
  ParseLimits limits_;
  std::vector<std::string> warnings_;
  std::size_t elements_ = 0;
  std::optional<double> pending_latitude_;
  std::optional<double> pending_longitude_;
};

/// "name@example.org (Name)", "Name <name@example.org>", "Name" taken apart.
Person parse_person(std::string_view text);

}  // namespace steppe
