CREATE TABLE `accounts` (
	`workspace` text NOT NULL,
	`platform` text NOT NULL,
	`user_id` text NOT NULL,
	`person_id` text NOT NULL,
	PRIMARY KEY(`workspace`, `platform`, `user_id`),
	FOREIGN KEY (`workspace`,`person_id`) REFERENCES `people`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `accounts_person` ON `accounts` (`workspace`,`person_id`);--> statement-breakpoint
CREATE INDEX `accounts_user` ON `accounts` (`platform`,`user_id`);--> statement-breakpoint
CREATE TABLE `adjustments` (
	`workspace` text NOT NULL,
	`year` integer NOT NULL,
	`task` text NOT NULL,
	`number` integer NOT NULL,
	`kind` text NOT NULL,
	`milestone` integer,
	`due` text,
	`unit_id` text,
	`words` text NOT NULL,
	`set_by` text NOT NULL,
	`set_at` integer NOT NULL,
	`ended_at` integer,
	PRIMARY KEY(`workspace`, `year`, `task`, `number`),
	FOREIGN KEY (`workspace`,`year`,`task`) REFERENCES `tasks`(`workspace`,`year`,`key`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `awaited_files` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`workspace` text NOT NULL,
	`platform` text NOT NULL,
	`person_id` text NOT NULL,
	`lane` text NOT NULL,
	`message` text NOT NULL,
	`name` text NOT NULL,
	`picture` integer NOT NULL,
	`source` text NOT NULL,
	`received_at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`not_before` integer NOT NULL,
	`taken_until` integer,
	FOREIGN KEY (`workspace`,`person_id`) REFERENCES `people`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `awaited_files_due` ON `awaited_files` (`workspace`,`not_before`);--> statement-breakpoint
CREATE INDEX `awaited_files_person` ON `awaited_files` (`workspace`,`person_id`);--> statement-breakpoint
CREATE TABLE `bind_codes` (
	`workspace` text NOT NULL,
	`hash` text NOT NULL,
	`purpose` text NOT NULL,
	`plans` text,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`used_by` text,
	PRIMARY KEY(`workspace`, `hash`),
	FOREIGN KEY (`workspace`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `calendar_links` (
	`workspace` text NOT NULL,
	`person_id` text NOT NULL,
	`unit_id` text NOT NULL,
	`hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`workspace`, `person_id`),
	FOREIGN KEY (`workspace`,`person_id`) REFERENCES `people`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `calendar_links_hash` ON `calendar_links` (`workspace`,`hash`);--> statement-breakpoint
CREATE TABLE `carried_tasks` (
	`workspace` text NOT NULL,
	`from_year` integer NOT NULL,
	`from_task` text NOT NULL,
	`to_year` integer NOT NULL,
	`to_task` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`workspace`, `from_year`, `from_task`),
	FOREIGN KEY (`workspace`,`from_year`,`from_task`) REFERENCES `tasks`(`workspace`,`year`,`key`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`workspace`,`to_year`,`to_task`) REFERENCES `tasks`(`workspace`,`year`,`key`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `deliveries` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`workspace` text NOT NULL,
	`key` text NOT NULL,
	`group_id` text NOT NULL,
	`person_id` text,
	`kind` text NOT NULL,
	`target` text,
	`reply` text,
	`state` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`first_tried_at` integer,
	`may_have_arrived` integer DEFAULT false NOT NULL,
	`not_before` integer NOT NULL,
	`useful_until` integer,
	`taken_until` integer,
	`created_at` integer NOT NULL,
	`sent_at` integer,
	`platform_message_id` text,
	`why` text,
	FOREIGN KEY (`workspace`,`group_id`) REFERENCES `groups`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `deliveries_key` ON `deliveries` (`workspace`,`key`);--> statement-breakpoint
CREATE INDEX `deliveries_waiting` ON `deliveries` (`workspace`,`state`,`sequence`);--> statement-breakpoint
CREATE INDEX `deliveries_group` ON `deliveries` (`workspace`,`group_id`,`sequence`);--> statement-breakpoint
CREATE INDEX `deliveries_worded` ON `deliveries` (`workspace`,`created_at`) WHERE "deliveries"."reply" is not null;--> statement-breakpoint
CREATE INDEX `deliveries_message` ON `deliveries` (`workspace`,`platform_message_id`);--> statement-breakpoint
CREATE TABLE `documents` (
	`workspace` text NOT NULL,
	`id` text NOT NULL,
	`title` text NOT NULL,
	`number` text,
	`issuer` text,
	`issued_on` text,
	`file_name` text NOT NULL,
	`sha256` text NOT NULL,
	`text` text NOT NULL,
	`imported_at` integer NOT NULL,
	`imported_by` text NOT NULL,
	PRIMARY KEY(`workspace`, `id`),
	FOREIGN KEY (`workspace`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `duties` (
	`workspace` text NOT NULL,
	`year` integer NOT NULL,
	`task` text NOT NULL,
	`milestone` integer NOT NULL,
	`occurrence` text DEFAULT '' NOT NULL,
	`unit_id` text NOT NULL,
	`status` text NOT NULL,
	`percent` integer,
	`problem` integer DEFAULT false NOT NULL,
	`changed_at` integer NOT NULL,
	`changed_by` text NOT NULL,
	`sequence` integer NOT NULL,
	PRIMARY KEY(`workspace`, `year`, `task`, `milestone`, `occurrence`, `unit_id`),
	FOREIGN KEY (`workspace`,`year`,`task`) REFERENCES `tasks`(`workspace`,`year`,`key`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`workspace`,`unit_id`) REFERENCES `units`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `evidence` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`workspace` text NOT NULL,
	`report` integer,
	`attached_by` integer,
	`year` integer,
	`task` text,
	`number` integer,
	`person_id` text NOT NULL,
	`chat_id` text NOT NULL,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`size` integer NOT NULL,
	`sha256` text NOT NULL,
	`received_at` integer NOT NULL,
	`offered_until` integer,
	`taken_back_at` integer,
	`forgotten_at` integer,
	`removed_at` integer,
	FOREIGN KEY (`workspace`,`year`,`task`) REFERENCES `tasks`(`workspace`,`year`,`key`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`workspace`,`person_id`) REFERENCES `people`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `evidence_number` ON `evidence` (`workspace`,`year`,`task`,`number`);--> statement-breakpoint
CREATE INDEX `evidence_report` ON `evidence` (`workspace`,`report`);--> statement-breakpoint
CREATE INDEX `evidence_held` ON `evidence` (`workspace`,`person_id`,`chat_id`) WHERE "evidence"."report" is null;--> statement-breakpoint
CREATE INDEX `evidence_content` ON `evidence` (`workspace`,`sha256`,`size`);--> statement-breakpoint
CREATE TABLE `feedback` (
	`workspace` text NOT NULL,
	`number` integer NOT NULL,
	`person_id` text,
	`words` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`workspace`, `number`),
	FOREIGN KEY (`workspace`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `groups` (
	`workspace` text NOT NULL,
	`id` text NOT NULL,
	`platform` text NOT NULL,
	`account` text NOT NULL,
	`chat_id` text NOT NULL,
	`name` text NOT NULL,
	`plans` text,
	`bound_at` integer NOT NULL,
	`webhook` text,
	`lost_at` integer,
	`lost_why` text,
	`weekly_messages` integer,
	PRIMARY KEY(`workspace`, `id`),
	FOREIGN KEY (`workspace`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `groups_chat` ON `groups` (`workspace`,`platform`,`account`,`chat_id`);--> statement-breakpoint
CREATE INDEX `groups_of_chat` ON `groups` (`platform`,`account`,`chat_id`);--> statement-breakpoint
CREATE TABLE `imports` (
	`workspace` text NOT NULL,
	`number` integer NOT NULL,
	`file_name` text NOT NULL,
	`sha256` text NOT NULL,
	`text` text NOT NULL,
	`draft` text NOT NULL,
	`state` text NOT NULL,
	`proposed_by` text NOT NULL,
	`proposed_at` integer NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	PRIMARY KEY(`workspace`, `number`),
	FOREIGN KEY (`workspace`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`workspace`,`proposed_by`) REFERENCES `people`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `inbound` (
	`workspace` text NOT NULL,
	`platform` text NOT NULL,
	`account` text NOT NULL,
	`message_id` text NOT NULL,
	`received_at` integer NOT NULL,
	`person_id` text,
	`group_id` text,
	`commands` text NOT NULL,
	`replies` text,
	`error_id` text,
	PRIMARY KEY(`workspace`, `platform`, `account`, `message_id`)
);
--> statement-breakpoint
CREATE INDEX `inbound_received` ON `inbound` (`workspace`,`received_at`);--> statement-breakpoint
CREATE TABLE `join_requests` (
	`workspace` text NOT NULL,
	`number` integer NOT NULL,
	`person_id` text NOT NULL,
	`unit_id` text NOT NULL,
	`asked_at` integer NOT NULL,
	`group_id` text,
	`state` text NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	PRIMARY KEY(`workspace`, `number`),
	FOREIGN KEY (`workspace`,`person_id`) REFERENCES `people`(`workspace`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`workspace`,`unit_id`) REFERENCES `units`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `milestones` (
	`workspace` text NOT NULL,
	`year` integer NOT NULL,
	`task` text NOT NULL,
	`number` integer NOT NULL,
	`phrase` text NOT NULL,
	`what` text NOT NULL,
	`kind` text NOT NULL,
	`due_on` text,
	`from_on` text,
	`to_on` text,
	`every` text,
	`by` text,
	`line` integer NOT NULL,
	PRIMARY KEY(`workspace`, `year`, `task`, `number`),
	FOREIGN KEY (`workspace`,`year`,`task`) REFERENCES `tasks`(`workspace`,`year`,`key`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `mutes` (
	`workspace` text NOT NULL,
	`person_id` text NOT NULL,
	`year` integer NOT NULL,
	`task` text NOT NULL,
	`until_on` text NOT NULL,
	PRIMARY KEY(`workspace`, `person_id`, `year`, `task`),
	FOREIGN KEY (`workspace`,`person_id`) REFERENCES `people`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `pending_questions` (
	`workspace` text NOT NULL,
	`person_id` text NOT NULL,
	`chat_id` text NOT NULL,
	`kind` text NOT NULL,
	`payload` text NOT NULL,
	`asked_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`workspace`, `person_id`, `chat_id`),
	FOREIGN KEY (`workspace`,`person_id`) REFERENCES `people`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `people` (
	`workspace` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`unit_id` text,
	`roles` text NOT NULL,
	`active` integer NOT NULL,
	`scope` text,
	`left_at` integer,
	PRIMARY KEY(`workspace`, `id`),
	FOREIGN KEY (`workspace`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`workspace`,`unit_id`) REFERENCES `units`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `people_unit` ON `people` (`workspace`,`unit_id`);--> statement-breakpoint
CREATE TABLE `plans` (
	`workspace` text NOT NULL,
	`year` integer NOT NULL,
	`prefix` text NOT NULL,
	`document_id` text,
	`position` integer NOT NULL,
	`title` text NOT NULL,
	`issued_on` text,
	`goals` text NOT NULL,
	`line` integer NOT NULL,
	`kind` text DEFAULT 'document' NOT NULL,
	`closed_on` text,
	PRIMARY KEY(`workspace`, `year`, `prefix`),
	FOREIGN KEY (`workspace`,`document_id`) REFERENCES `documents`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `requests` (
	`workspace` text NOT NULL,
	`number` integer NOT NULL,
	`kind` text NOT NULL,
	`year` integer NOT NULL,
	`task` text NOT NULL,
	`duties` text NOT NULL,
	`unit_id` text,
	`person_id` text NOT NULL,
	`asked_at` integer NOT NULL,
	`group_id` text NOT NULL,
	`words` text NOT NULL,
	`stated_due` text,
	`new_due` text,
	`granted_due` text,
	`in_time` integer DEFAULT true NOT NULL,
	`opinion` text,
	`state` text NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	`decision` text,
	`agreed_by` text,
	PRIMARY KEY(`workspace`, `number`),
	FOREIGN KEY (`workspace`,`year`,`task`) REFERENCES `tasks`(`workspace`,`year`,`key`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`workspace`,`person_id`) REFERENCES `people`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `requests_state` ON `requests` (`workspace`,`state`);--> statement-breakpoint
CREATE INDEX `requests_task` ON `requests` (`workspace`,`year`,`task`);--> statement-breakpoint
CREATE TABLE `responsibilities` (
	`workspace` text NOT NULL,
	`year` integer NOT NULL,
	`task` text NOT NULL,
	`position` integer NOT NULL,
	`role` text NOT NULL,
	`unit_id` text NOT NULL,
	`written` text NOT NULL,
	`inherited` integer NOT NULL,
	`open` integer NOT NULL,
	`clause_group` integer NOT NULL,
	`line` integer NOT NULL,
	PRIMARY KEY(`workspace`, `year`, `task`, `position`),
	FOREIGN KEY (`workspace`,`year`,`task`) REFERENCES `tasks`(`workspace`,`year`,`key`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`workspace`,`unit_id`) REFERENCES `units`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `roster_changes` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`workspace` text NOT NULL,
	`at` integer NOT NULL,
	`changed_by` text NOT NULL,
	`subject` text NOT NULL,
	`kind` text NOT NULL,
	`before` text,
	`after` text,
	`words` text NOT NULL,
	FOREIGN KEY (`workspace`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `roster_changes_subject` ON `roster_changes` (`workspace`,`subject`,`sequence`);--> statement-breakpoint
CREATE TABLE `rounds` (
	`workspace` text NOT NULL,
	`number` integer NOT NULL,
	`name` text NOT NULL,
	`group_id` text NOT NULL,
	`opened_by` text NOT NULL,
	`opened_at` integer NOT NULL,
	`counts_from` integer NOT NULL,
	`last_day` text NOT NULL,
	`owed` text NOT NULL,
	`state` text NOT NULL,
	`reminded_at` integer,
	`closed_at` integer,
	PRIMARY KEY(`workspace`, `number`),
	FOREIGN KEY (`workspace`,`group_id`) REFERENCES `groups`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `rounds_state` ON `rounds` (`workspace`,`state`);--> statement-breakpoint
CREATE TABLE `schedules` (
	`workspace` text NOT NULL,
	`id` text NOT NULL,
	`group_id` text NOT NULL,
	`kind` text NOT NULL,
	`rule` text NOT NULL,
	`active` integer NOT NULL,
	`created_at` integer NOT NULL,
	`changed_by` text NOT NULL,
	PRIMARY KEY(`workspace`, `id`),
	FOREIGN KEY (`workspace`,`group_id`) REFERENCES `groups`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `schedules_group` ON `schedules` (`workspace`,`group_id`);--> statement-breakpoint
CREATE TABLE `seals` (
	`workspace` text NOT NULL,
	`day` text NOT NULL,
	`sealed_at` integer NOT NULL,
	`heads` text NOT NULL,
	`previous_hash` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`workspace`, `day`),
	FOREIGN KEY (`workspace`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `slots` (
	`workspace` text NOT NULL,
	`schedule_id` text NOT NULL,
	`slot` text NOT NULL,
	`state` text NOT NULL,
	`planned_for` integer NOT NULL,
	`covers_until` text,
	`prepared_at` integer,
	`delivery_key` text,
	`why` text,
	PRIMARY KEY(`workspace`, `schedule_id`, `slot`),
	FOREIGN KEY (`workspace`,`schedule_id`) REFERENCES `schedules`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `slots_planned` ON `slots` (`workspace`,`schedule_id`,`planned_for`);--> statement-breakpoint
CREATE TABLE `task_links` (
	`workspace` text NOT NULL,
	`year` integer NOT NULL,
	`part` text NOT NULL,
	`whole` text NOT NULL,
	`state` text NOT NULL,
	`reason` text NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	PRIMARY KEY(`workspace`, `year`, `part`),
	FOREIGN KEY (`workspace`,`year`,`part`) REFERENCES `tasks`(`workspace`,`year`,`key`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`workspace`,`year`,`whole`) REFERENCES `tasks`(`workspace`,`year`,`key`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `tasks` (
	`workspace` text NOT NULL,
	`year` integer NOT NULL,
	`key` text NOT NULL,
	`code` text NOT NULL,
	`retired` integer DEFAULT false NOT NULL,
	`prefix` text NOT NULL,
	`number` integer NOT NULL,
	`annex` integer NOT NULL,
	`position` integer NOT NULL,
	`section` text NOT NULL,
	`title` text NOT NULL,
	`short_title` text NOT NULL,
	`text` text NOT NULL,
	`points` text NOT NULL,
	`targets` text DEFAULT '[]' NOT NULL,
	`leaders` text DEFAULT '[]' NOT NULL,
	`line` integer NOT NULL,
	`update_count` integer DEFAULT 0 NOT NULL,
	`last_hash` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`workspace`, `year`, `key`),
	FOREIGN KEY (`workspace`,`year`,`prefix`) REFERENCES `plans`(`workspace`,`year`,`prefix`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `topics` (
	`workspace` text NOT NULL,
	`chat_id` text NOT NULL,
	`sender` text NOT NULL,
	`topic` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`workspace`, `chat_id`, `sender`)
);
--> statement-breakpoint
CREATE TABLE `unit_aliases` (
	`workspace` text NOT NULL,
	`alias` text NOT NULL,
	`unit_id` text NOT NULL,
	PRIMARY KEY(`workspace`, `alias`),
	FOREIGN KEY (`workspace`,`unit_id`) REFERENCES `units`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `unit_members` (
	`workspace` text NOT NULL,
	`group_id` text NOT NULL,
	`unit_id` text NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`workspace`, `group_id`, `unit_id`),
	FOREIGN KEY (`workspace`,`group_id`) REFERENCES `units`(`workspace`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`workspace`,`unit_id`) REFERENCES `units`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `units` (
	`workspace` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`position` integer NOT NULL,
	`merged_into` text,
	PRIMARY KEY(`workspace`, `id`),
	FOREIGN KEY (`workspace`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `units_name` ON `units` (`workspace`,`name`);--> statement-breakpoint
CREATE TABLE `updates` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`workspace` text NOT NULL,
	`year` integer NOT NULL,
	`task` text NOT NULL,
	`number` integer NOT NULL,
	`at` integer NOT NULL,
	`person_id` text NOT NULL,
	`unit_id` text,
	`role` text,
	`group_id` text,
	`platform` text NOT NULL,
	`message_id` text NOT NULL,
	`kind` text NOT NULL,
	`note` text NOT NULL,
	`percent` integer,
	`changes` text NOT NULL,
	`details` text DEFAULT '{}' NOT NULL,
	`undoes` integer,
	`version` integer NOT NULL,
	`algorithm` text NOT NULL,
	`previous_hash` text NOT NULL,
	`hash` text NOT NULL,
	FOREIGN KEY (`workspace`,`year`,`task`) REFERENCES `tasks`(`workspace`,`year`,`key`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`workspace`,`person_id`) REFERENCES `people`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `updates_chain` ON `updates` (`workspace`,`year`,`task`,`number`);--> statement-breakpoint
CREATE INDEX `updates_person` ON `updates` (`workspace`,`person_id`,`sequence`);--> statement-breakpoint
CREATE INDEX `updates_message` ON `updates` (`workspace`,`platform`,`message_id`);--> statement-breakpoint
CREATE INDEX `updates_at` ON `updates` (`workspace`,`at`);--> statement-breakpoint
CREATE INDEX `updates_undoes` ON `updates` (`workspace`,`undoes`) WHERE "updates"."undoes" is not null;--> statement-breakpoint
CREATE TABLE `urgings` (
	`workspace` text NOT NULL,
	`unit_id` text NOT NULL,
	`day` text NOT NULL,
	`kind` text NOT NULL,
	`tasks` text NOT NULL,
	`words` text NOT NULL,
	`group_id` text NOT NULL,
	`sent_by` text NOT NULL,
	`sent_at` integer NOT NULL,
	`acknowledged_by` text,
	`acknowledged_at` integer,
	PRIMARY KEY(`workspace`, `unit_id`, `day`),
	FOREIGN KEY (`workspace`,`unit_id`) REFERENCES `units`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `urgings_day` ON `urgings` (`workspace`,`day`);--> statement-breakpoint
CREATE TABLE `workspaces` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`start_on` text,
	`ledger_version` integer DEFAULT 0 NOT NULL,
	`roster_version` integer DEFAULT 0 NOT NULL,
	`settings` text NOT NULL
);
