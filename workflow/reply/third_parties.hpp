#pragma once

#include "workflow/cases/case.hpp"

#include <cstddef>
#include <vector>

/// Third parties whose rights a reply touches (条例第三十二条). Pure: any thread.
namespace workflow {

/// Whether the consultation is about this item of the application, from 0.
bool concerns(ConsultationLetter const& letter, std::size_t item);

/// The third parties who did not agree to what the draft discloses:
/// 行政机关认为不公开可能对公共利益造成重大影响的，可以 决定予以公开，并将决定公开的政府信息内容和理由书面告知第三方.
/// By the numbers of their consultations.
std::vector<Code> overruled_parties(Case const& c, ReplyDraft const& draft);

/// What the draft tells this third party; null where it says nothing.
ThirdPartyNotice const* notice_for(ReplyDraft const& draft, Code const& consultation);

}  // namespace workflow
