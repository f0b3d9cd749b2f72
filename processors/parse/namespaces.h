#pragma once
// Which vocabulary an XML element belongs to: by namespace URI, else by customary prefix.

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "processors/parse/xml_tree.h"

namespace steppe {

enum class Ns : std::uint8_t {
  kCore,  // no namespace, or one of RSS's own
  kAtom,
  kRdf,
  kDc,
  kDcTerms,
  kContent,
  kMedia,
  kItunes,
  kGeoRss,
  kGeo,
  kGml,
  kSlash,
  kThread,
  kWfw,
  kSyndication,
  kAdmin,
  kCreativeCommons,
  kFeedburner,
  kXhtml,
  kXml,
  kSitemap,
  kNews,
  kImage,
  kGooglePlay,
  kPodcast,
  kUnknown
};

/// The vocabulary of a namespace URI; spelling variants (https, "www.", case, trailing slash or
/// hash) count as the same.
Ns namespace_of_uri(std::string_view uri);

/// What a prefix usually stands for; kUnknown when it stands for nothing in particular.
Ns namespace_of_prefix(std::string_view prefix);

/// An element name taken apart.
struct QName {
  Ns ns = Ns::kUnknown;
  std::string_view local;  // as written, points into the tree
};

/// Resolves the names of one document. One thread at a time.
class NamespaceResolver {
 public:
  explicit NamespaceResolver(XmlNode root);

  QName element(XmlNode node) const {
    const bool usual = node.parent() == last_parent_ && last_plain_ && !node.binds_namespaces();
    if (usual && node.prefix().empty()) return {default_ns_, node.name()};
    return {lookup(node, node.prefix()), node.local_name()};
  }
  /// Attributes without prefix belong to no vocabulary: kCore.
  QName attribute(XmlNode owner, XmlAttribute attribute) const;

 private:
  using Binding = std::pair<std::string_view, Ns>;
  Ns lookup(XmlNode node, std::string_view prefix) const;
  Ns in_root(std::string_view prefix) const;
  bool is_plain(XmlNode parent) const;
  static std::optional<Ns> bound_here(XmlNode node, std::string_view prefix);

  XmlNode root_;
  std::vector<Binding> root_bindings_;
  Ns default_ns_ = Ns::kCore;
  mutable XmlNode last_parent_;
  mutable bool last_plain_ = true;
};

}  // namespace steppe
